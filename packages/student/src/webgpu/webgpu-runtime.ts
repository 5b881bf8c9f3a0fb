import { BackendError, type Character, modelToImage, type RgbaImage, validatePose } from '@tha4/core';
import { checkQuality, QUALITIES, type Quality } from '../quality.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import { DeviceSession } from './device-session.ts';
import type { DeviceOptions } from './request-device.ts';
import type { Tuning } from './tuning.ts';

/** How a WebGPU runtime is set up. */
export interface WebgpuRuntimeOptions extends DeviceOptions {
  /** Leave out tiles in which nothing is visible, where the character's file has a map of them. */
  readonly cull: boolean;
}

const DEFAULTS: WebgpuRuntimeOptions = {
  gpu: null,
  powerPreference: null,
  allowSoftware: false,
  precision: 'float',
  cull: true,
};

/** Own shaders: one dispatch for the face and one for each level of the body; frames go to a canvas without a read-back. */
export class WebgpuRuntime implements StudentRuntime {
  readonly #options: WebgpuRuntimeOptions;
  readonly #tuning: Tuning | null;
  #character: Character | null = null;
  #session: DeviceSession | null = null;
  #quality: Quality = 'exact';
  #painted = false;
  #serial = 0;
  #disposed = false;

  /** @param tuning how kernels are cut; `null` goes by the adapter */
  constructor(options: Partial<WebgpuRuntimeOptions> = {}, tuning: Tuning | null = null) {
    this.#options = { ...DEFAULTS, ...options };
    this.#tuning = tuning;
  }

  async load(character: Character): Promise<RuntimeInfo> {
    this.#checkAlive('load');
    this.#character = null;
    this.#painted = false;
    if (this.#session === null || this.#session.lost !== null) await this.#restart();
    await this.#session!.load(character, this.#options.cull);
    this.#character = character;
    if (!this.#qualities().includes(this.#quality)) this.#quality = 'exact'; // `info` says so
    return this.info();
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    this.#checkAlive('pose');
    const pose = validatePose(values, 'pose');
    if (this.#character === null)
      throw new BackendError('pose: expected a loaded character, got none; call load first');
    const start = performance.now();
    this.#painted = false;
    const quality = (await this.#session!.paint(pose, this.#quality)) ?? (await this.#paintAnew(pose));
    this.#painted = true;
    return { serial: ++this.#serial, ms: performance.now() - start, quality };
  }

  async setQuality(quality: Quality): Promise<void> {
    checkQuality('webgpu', quality, this.#qualities());
    this.#quality = quality;
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    await this.#paintedSession('present').present(canvas);
  }

  async readPixels(): Promise<RgbaImage> {
    const { model, size } = await this.#paintedSession('readPixels').read();
    return modelToImage(model, size, size);
  }

  /** The last frame in model space (linear light, premultiplied, [-1, 1], not clamped), `[size, size, 4]`. */
  async readModel(): Promise<Float32Array> {
    return (await this.#paintedSession('readModel').read()).model;
  }

  async info(): Promise<RuntimeInfo> {
    const on = this.#session === null ? 'not started' : this.#session.name;
    const numbers = this.#options.precision === 'half' ? ', 16-bit numbers' : '';
    const choice = `webgpu (own shaders${numbers}, ${on})`;
    return { name: 'webgpu', choice, qualities: this.#qualities(), quality: this.#quality };
  }

  async memory(): Promise<RuntimeMemory> {
    return this.#session?.memory ?? { tensors: 0, bytes: 0 };
  }

  async dispose(): Promise<void> {
    this.#session?.end();
    this.#session = null;
    this.#character = null;
    this.#disposed = true;
  }

  /** The device is gone: asks for another one, once, loads the character again and paints. */
  async #paintAnew(pose: Float32Array): Promise<Quality> {
    await this.#restart();
    const session = this.#session!;
    await session.load(this.#character!, this.#options.cull);
    const quality = await session.paint(pose, this.#quality);
    if (quality !== null) return quality;
    throw new BackendError(
      `webgpu: expected a device that stays, got one that was lost again at once (${session.lost})`,
    );
  }

  #qualities(): readonly Quality[] {
    return this.#session?.qualities ?? QUALITIES;
  }

  async #restart(): Promise<void> {
    this.#session?.end();
    this.#session = null;
    const session = await DeviceSession.start(this.#options, this.#tuning);
    if (this.#disposed) session.end(); // while it was waited for
    this.#checkAlive('webgpu');
    this.#session = session;
  }

  #paintedSession(where: string): DeviceSession {
    this.#checkAlive(where);
    if (this.#painted && this.#session !== null && this.#session.lost === null) return this.#session;
    throw new BackendError(`${where}: expected a painted frame, got none; call pose first`);
  }

  #checkAlive(where: string): void {
    if (this.#disposed) throw new BackendError(`${where}: expected a live runtime, got a disposed one; create another`);
  }
}

/** A runtime on WebGPU; see `WebgpuRuntimeOptions`. The device is asked for when the first character is loaded. */
export function createWebgpuRuntime(options: Partial<WebgpuRuntimeOptions> = {}): StudentRuntime {
  return new WebgpuRuntime(options);
}
