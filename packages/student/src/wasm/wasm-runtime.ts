import { BackendError, type Character, modelToImage, type RgbaImage, studentImageSize, validatePose } from '@tha4/core';
import { isX86, type KernelVariant } from '@tha4/kernels';
import type { ThreadHandle } from '@tha4/kernels/threads';
import { presentImage } from '../present.ts';
import { checkQuality, QUALITIES, type Quality } from '../quality.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import { type CharacterStudentOptions, chooseVariant, createWasmStudent } from './character-student.ts';
import type { Precision } from './student-layout.ts';
import type { WasmStudent } from './wasm-student.ts';

/** How a wasm runtime is set up. */
export interface WasmRuntimeOptions {
  /** `relaxed` is faster where the CPU has FMA, `plain` gives the same bits everywhere; `best` takes what is there. */
  readonly variant: KernelVariant | 'best';
  /** What the sine layers compute in; `auto`: 16-bit integers on x86, where they are faster, else float32. */
  readonly precision: Precision | 'auto';
  /** Leave out tiles in which nothing is visible, where the character's file has a map of them. */
  readonly cull: boolean;
  /** Threads that paint, the calling one counted; `null`: one for each core, at most 8, where threads can be had. */
  readonly threads: number | null;
  /** Starts a worker that calls `serveThread`. Without it, one thread paints. */
  readonly createThread: (() => ThreadHandle) | null;
}

const DEFAULTS: WasmRuntimeOptions = {
  variant: 'best',
  precision: 'auto',
  cull: true,
  threads: null,
  createThread: null,
};
const MOST_THREADS = 8;

/** Fused SIMD kernels on the CPU. It paints in the calling thread, so let it live in a worker where there is a page. */
class WasmRuntime implements StudentRuntime {
  readonly #options: CharacterStudentOptions;
  #loaded: { readonly student: WasmStudent; readonly size: number } | null = null;
  #pixels: RgbaImage | null = null;
  #quality: Quality = 'exact';
  #serial = 0;

  constructor(options: CharacterStudentOptions) {
    this.#options = options;
  }

  async load(character: Character): Promise<RuntimeInfo> {
    await this.dispose(); // the old memory goes before the new one comes
    const student = await createWasmStudent(character, this.#options);
    this.#loaded = { student, size: studentImageSize(character.config) };
    if (!student.qualities.includes(this.#quality)) this.#quality = 'exact'; // `info` says so
    return this.info();
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    const pose = validatePose(values, 'pose');
    if (this.#loaded === null) throw new BackendError('pose: expected a loaded character, got none; call load first');
    const start = performance.now();
    const { student, size } = this.#loaded;
    this.#pixels = modelToImage(student.paint(pose, this.#quality), size, size);
    return { serial: ++this.#serial, ms: performance.now() - start, quality: student.quality };
  }

  async setQuality(quality: Quality): Promise<void> {
    checkQuality('wasm', quality, this.#qualities());
    this.#quality = quality;
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    presentImage(this.#lastPixels('present'), canvas);
  }

  async readPixels(): Promise<RgbaImage> {
    const { width, height, data } = this.#lastPixels('readPixels');
    return { width, height, data: data.slice() };
  }

  async info(): Promise<RuntimeInfo> {
    const { variant, precision, threads } = this.#options;
    const simd = variant === 'relaxed' ? 'relaxed SIMD' : 'SIMD';
    const numbers = precision === 'int16' ? '16-bit integers' : 'float32';
    return {
      name: 'wasm',
      choice: `wasm (fused kernels on the CPU, ${simd}, ${numbers}, ${threads} thread${threads === 1 ? '' : 's'})`,
      qualities: this.#qualities(),
      quality: this.#quality,
    };
  }

  async memory(): Promise<RuntimeMemory> {
    return { tensors: 0, bytes: this.#loaded?.student.bytes ?? 0 };
  }

  async dispose(): Promise<void> {
    this.#loaded?.student.dispose();
    this.#loaded = null;
    this.#pixels = null;
  }

  #qualities(): readonly Quality[] {
    return this.#loaded?.student.qualities ?? QUALITIES;
  }

  #lastPixels(where: string): RgbaImage {
    if (this.#pixels === null) throw new BackendError(`${where}: expected a painted frame, got none; call pose first`);
    return this.#pixels;
  }
}

/** A runtime on the fused WebAssembly kernels. @throws {BackendError} where there is no WebAssembly SIMD */
export function createWasmRuntime(options: Partial<WasmRuntimeOptions> = {}): StudentRuntime {
  const { variant, precision, cull, threads, createThread } = { ...DEFAULTS, ...options };
  const chosen = chooseVariant(variant);
  const helped = createThread !== null && canShareMemory();
  const cores = Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, MOST_THREADS);
  return new WasmRuntime({
    variant: chosen,
    precision: precision === 'auto' ? (isX86() ? 'int16' : 'float') : precision,
    cull,
    threads: helped ? (threads ?? cores) : 1,
    createThread: helped ? createThread : null,
    keepOutputs: false,
    smallTiles: true,
  });
}

/** Whether memory can be shared with workers, and this thread may wait for them. */
function canShareMemory(): boolean {
  // In a page, posting shared memory throws unless the page is cross-origin isolated; its main thread may not wait.
  const inPage = 'crossOriginIsolated' in globalThis;
  return inPage
    ? globalThis.crossOriginIsolated && !('document' in globalThis)
    : typeof SharedArrayBuffer !== 'undefined';
}
