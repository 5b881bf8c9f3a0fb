import { BackendError, type Character, type RgbaImage, validatePose } from '@tha4/core';
import { planStudent } from '../plan/student-plan.ts';
import { checkQuality, QUALITIES, type Quality } from '../quality.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import { mapOfCharacter } from '../tiles/character-map.ts';
import { presentCanvas } from './present-canvas.ts';
import { FIXED16_STORAGE, FLOAT_STORAGE } from './shaders/storage.ts';
import { waitForGpu } from './wait-for-gpu.ts';
import { type AnyCanvas, closeDevice, openDevice, type WebglDevice } from './webgl-device.ts';
import { WebglStudent } from './webgl-student.ts';

/** How a WebGL runtime is set up. */
export interface WebglRuntimeOptions {
  /** `float` gives the reference's numbers; `half` keeps activations in 16 bits: less memory and traffic. */
  readonly precision: 'float' | 'half';
  /** Leave out tiles in which nothing is visible, where the character's file has a map of them. */
  readonly cull: boolean;
  /** Run also where a CPU emulates the GPU, as in headless browsers. */
  readonly allowSoftware: boolean;
  /** A canvas without a context, to be drawn to directly: `present` then copies nothing. It cannot be used otherwise. */
  readonly canvas: AnyCanvas | null;
  /** How work is cut for the device: `auto`, or for tests as for a GPU, or as for a CPU that emulates one. */
  readonly cut: 'auto' | 'gpu' | 'software';
}

const DEFAULTS: WebglRuntimeOptions = {
  precision: 'float',
  cull: true,
  allowSoftware: false,
  canvas: null,
  cut: 'auto',
};

/** A device with a character on it. */
interface Loaded {
  readonly device: WebglDevice;
  readonly student: WebglStudent;
}

/** The fused shaders behind the runtime interface: one device, set up again from the character when it is lost. */
export class WebglRuntime implements StudentRuntime {
  readonly #options: WebglRuntimeOptions;
  #device: WebglDevice | null = null;
  #loaded: Loaded | null = null;
  #character: Character | null = null;
  #pose: Float32Array | null = null;
  #quality: Quality = 'exact';
  #serial = 0;
  #disposed = false;

  constructor(options: Partial<WebglRuntimeOptions>) {
    this.#options = { ...DEFAULTS, ...options };
  }

  async load(character: Character): Promise<RuntimeInfo> {
    this.#checkAlive('load');
    this.#unload();
    this.#character = character;
    this.#pose = null;
    await this.#place(character);
    if (!this.#qualities().includes(this.#quality)) this.#quality = 'exact'; // `info` says so
    return this.info();
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    this.#checkAlive('pose');
    const pose = validatePose(values, 'pose');
    if (this.#character === null)
      throw new BackendError('pose: expected a loaded character, got none; call load first');
    const start = performance.now();
    this.#pose = null;
    const { quality } = await this.#paint(this.#character, pose);
    this.#pose = pose.slice();
    return { serial: ++this.#serial, ms: performance.now() - start, quality };
  }

  async setQuality(quality: Quality): Promise<void> {
    checkQuality('webgl', quality, this.#qualities());
    this.#quality = quality;
  }

  async present(canvas: AnyCanvas): Promise<void> {
    const { device, student } = await this.#painted('present');
    presentCanvas(device.canvas, () => student.drawToCanvas(), student.size, canvas);
  }

  async readPixels(): Promise<RgbaImage> {
    const { student } = await this.#painted('readPixels');
    return { width: student.size, height: student.size, data: student.readBytes() };
  }

  /** The last frame in model space, not rounded to bytes; for tests. */
  async readModel(): Promise<Float32Array> {
    return (await this.#painted('readModel')).student.readModel();
  }

  async info(): Promise<RuntimeInfo> {
    const { precision } = this.#options;
    const where = this.#device === null ? 'not started' : this.#device.limits.renderer;
    return {
      name: 'webgl',
      choice: `webgl (fused shaders, ${precision} activations, ${where})`,
      qualities: this.#qualities(),
      quality: this.#quality,
    };
  }

  async memory(): Promise<RuntimeMemory> {
    return this.#loaded?.student.memory ?? { tensors: 0, bytes: 0 };
  }

  async dispose(): Promise<void> {
    this.#unload();
    this.#character = null;
    this.#pose = null;
    this.#disposed = true;
    this.#close();
  }

  /** Places a character on the device, which is opened when there is none, or when the old one is lost. */
  async #place(character: Character): Promise<Loaded> {
    if (this.#device?.gl.isContextLost()) this.#close();
    const { canvas, allowSoftware, precision, cull, cut } = this.#options;
    this.#device ??= await openDevice(canvas, allowSoftware);
    const device = this.#device;
    const { config, face, body, image } = character;
    const storage = precision === 'half' ? FIXED16_STORAGE : FLOAT_STORAGE;
    const software = cut === 'auto' ? device.limits.software : cut === 'software';
    try {
      const plan = planStudent(config, face, body);
      const map = mapOfCharacter(character, cull);
      const student = new WebglStudent(device, storage, software, config, plan, image, map);
      await device.programs.ready();
      this.#loaded = { device, student };
      return this.#loaded;
    } catch (error) {
      this.#close(); // what was placed so far goes with it
      throw error;
    }
  }

  /** Paints a pose, on a new device when the old one was lost; a second loss in a row is final. */
  async #paint(character: Character, pose: Float32Array): Promise<Loaded & { readonly quality: Quality }> {
    const before = this.#loaded;
    const quality = before === null ? null : await this.#paintOn(before, pose);
    if (before !== null && quality !== null) return { ...before, quality };
    this.#checkAlive('pose');
    this.#unload();
    const again = await this.#place(character);
    const better = await this.#paintOn(again, pose);
    if (better !== null) return { ...again, quality: better };
    throw new BackendError('webgl: expected a context that lasts, got one that was lost again at once; use wasm');
  }

  /** What cannot paint is put away, so that the next pose begins anew. */
  async #paintOn(loaded: Loaded, pose: Float32Array): Promise<Quality | null> {
    try {
      return await painted(loaded, pose, this.#quality);
    } catch (error) {
      this.#unload();
      throw error;
    }
  }

  /** What holds the last frame; painted again when the device was lost since. */
  async #painted(where: string): Promise<Loaded> {
    this.#checkAlive(where);
    if (this.#character === null || this.#pose === null) {
      throw new BackendError(`${where}: expected a painted frame, got none; call pose first`);
    }
    const loaded = this.#loaded;
    if (loaded !== null && !loaded.device.gl.isContextLost()) return loaded;
    return this.#paint(this.#character, this.#pose);
  }

  #qualities(): readonly Quality[] {
    return this.#loaded?.student.qualities ?? QUALITIES;
  }

  #unload(): void {
    this.#loaded?.student.dispose();
    this.#loaded = null;
  }

  #close(): void {
    if (this.#device !== null) closeDevice(this.#device);
    this.#device = null;
  }

  #checkAlive(where: string): void {
    if (this.#disposed) throw new BackendError(`${where}: expected a live runtime, got a disposed one; create another`);
  }
}

/**
 * Paints and waits; again while more of the character comes into view.
 *
 * @returns what the frame is; `null` when the device was lost
 */
async function painted(
  { device: { gl, programs }, student }: Loaded,
  pose: Float32Array,
  quality: Quality,
): Promise<Quality | null> {
  if (gl.isContextLost()) return null;
  try {
    if (student.prepare(pose, quality)) await programs.ready();
  } catch (error) {
    if (gl.isContextLost()) return null;
    throw error;
  }
  student.paint(pose, quality);
  for (;;) {
    if (!(await waitForGpu(gl))) return null;
    const is = student.settle();
    if (is !== null) return is;
  }
}

/** A runtime of fused WebGL2 shaders; see `WebglRuntimeOptions`. The context is opened when a character is loaded. */
export function createWebglRuntime(options: Partial<WebglRuntimeOptions> = {}): StudentRuntime {
  return new WebglRuntime(options);
}
