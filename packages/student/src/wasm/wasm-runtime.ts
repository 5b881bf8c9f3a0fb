import { BackendError, type Character, modelToImage, type RgbaImage, studentImageSize, validatePose } from '@tha4/core';
import { Arena, bestVariant, type KernelVariant, loadKernels } from '@tha4/kernels';
import { planStudent } from '../plan/student-plan.ts';
import { presentImage } from '../present.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import { WasmStudent } from './wasm-student.ts';

/** How a wasm runtime is set up. */
export interface WasmRuntimeOptions {
  /** `relaxed` is faster where the CPU has FMA, `plain` gives the same bits everywhere; `best` takes what is there. */
  readonly variant: KernelVariant | 'best';
}

/** Fused SIMD kernels on the CPU, one thread: the calling one, so let it live in a worker where there is a page. */
class WasmRuntime implements StudentRuntime {
  readonly #variant: KernelVariant;
  #loaded: { readonly student: WasmStudent; readonly memory: WebAssembly.Memory; readonly size: number } | null = null;
  #pixels: RgbaImage | null = null;
  #serial = 0;

  constructor(variant: KernelVariant) {
    this.#variant = variant;
  }

  async load(character: Character): Promise<RuntimeInfo> {
    this.#loaded = null; // the old memory goes before the new one comes
    this.#pixels = null;
    const memory = new WebAssembly.Memory({ initial: 16, maximum: 16384 });
    const kernels = await loadKernels(memory, this.#variant);
    const { config, face, body, image } = character;
    const student = new WasmStudent(kernels, new Arena(memory), config, planStudent(config, face, body), image);
    this.#loaded = { student, memory, size: studentImageSize(config) };
    return this.info();
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    const pose = validatePose(values, 'pose');
    if (this.#loaded === null) throw new BackendError('pose: expected a loaded character, got none; call load first');
    const start = performance.now();
    const { student, size } = this.#loaded;
    this.#pixels = modelToImage(student.paint(pose), size, size);
    return { serial: ++this.#serial, ms: performance.now() - start };
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    presentImage(this.#lastPixels('present'), canvas);
  }

  async readPixels(): Promise<RgbaImage> {
    const { width, height, data } = this.#lastPixels('readPixels');
    return { width, height, data: data.slice() };
  }

  async info(): Promise<RuntimeInfo> {
    const simd = this.#variant === 'relaxed' ? 'relaxed SIMD' : 'SIMD';
    return { name: 'wasm', choice: `wasm (fused kernels on the CPU, ${simd}, one thread)` };
  }

  async memory(): Promise<RuntimeMemory> {
    return { tensors: 0, bytes: this.#loaded?.memory.buffer.byteLength ?? 0 };
  }

  async dispose(): Promise<void> {
    this.#loaded = null;
    this.#pixels = null;
  }

  #lastPixels(where: string): RgbaImage {
    if (this.#pixels === null) throw new BackendError(`${where}: expected a painted frame, got none; call pose first`);
    return this.#pixels;
  }
}

/** A runtime on the fused WebAssembly kernels. @throws {BackendError} where there is no WebAssembly SIMD */
export function createWasmRuntime({ variant = 'best' }: Partial<WasmRuntimeOptions> = {}): StudentRuntime {
  const chosen = variant === 'best' ? bestVariant() : variant;
  if (chosen === null) throw new BackendError('wasm: expected WebAssembly with SIMD, got none; update the browser');
  return new WasmRuntime(chosen);
}
