import * as tf from '@tensorflow/tfjs-core';
import {
  BackendError,
  type Character,
  imageToModel,
  modelToImage,
  type RgbaImage,
  type StudentParams,
  student,
  studentImageSize,
  validatePose,
} from '@tha4/core';
import { disposeParams, tfjsOps, uploadWeights } from '@tha4/core/tfjs';
import { presentImage } from '../present.ts';
import { checkQuality, type Quality } from '../quality.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import { isBackendLost, startBackend, type TfjsBackend, type WasmPaths } from './backends.ts';

/** How a tfjs runtime is set up. */
export interface TfjsRuntimeOptions {
  readonly backend: TfjsBackend;
  /** Where the wasm binaries are; `null` leaves it to tfjs (in Node it finds its own). */
  readonly wasmPaths: WasmPaths | null;
  /** Take webgl also where a CPU emulates the GPU, as in headless browsers. */
  readonly allowSoftwareGpu: boolean;
}

const DEFAULTS: TfjsRuntimeOptions = { backend: 'wasm', wasmPaths: null, allowSoftwareGpu: false };

const QUALITIES: readonly Quality[] = ['exact'];

/** What lies on the device for the character that is loaded. */
interface Loaded {
  readonly character: Character;
  readonly params: StudentParams<tf.Tensor>;
  readonly image: tf.Tensor;
}

/** The plain runtime: the student's own lines, layer by layer, on a tfjs backend. The reference for faster ones. */
class TfjsRuntime implements StudentRuntime {
  readonly #options: TfjsRuntimeOptions;
  #loaded: Loaded | null = null;
  #pixels: RgbaImage | null = null;
  #serial = 0;
  #disposed = false;

  constructor(options: TfjsRuntimeOptions) {
    this.#options = options;
  }

  async load(character: Character): Promise<RuntimeInfo> {
    this.#checkAlive('load');
    this.#unload();
    await this.#start(character);
    return this.info();
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    this.#checkAlive('pose');
    const pose = validatePose(values, 'pose');
    if (this.#loaded === null) throw new BackendError('pose: expected a loaded character, got none; call load first');
    const start = performance.now();
    let model = await this.#paint(this.#loaded, pose);
    if (model === null) {
      // The device is gone, and its tensors with it: start again from the character that is still in memory.
      const { character } = this.#loaded;
      this.#unload();
      model = await this.#paint(await this.#start(character), pose);
      if (model === null) {
        throw new BackendError(
          `tfjs ${this.#options.backend}: expected its device to stay, got it lost twice in a row`,
        );
      }
    }
    const size = studentImageSize(this.#loaded.character.config);
    this.#pixels = modelToImage(model, size, size);
    return { serial: ++this.#serial, ms: performance.now() - start, quality: 'exact' };
  }

  async setQuality(quality: Quality): Promise<void> {
    checkQuality(`tfjs-${this.#options.backend}`, quality, QUALITIES);
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    presentImage(this.#lastPixels('present'), canvas);
  }

  async readPixels(): Promise<RgbaImage> {
    const { width, height, data } = this.#lastPixels('readPixels');
    return { width, height, data: data.slice() };
  }

  async info(): Promise<RuntimeInfo> {
    const name = `tfjs-${this.#options.backend}`;
    const choice = `${name} (layer by layer; the reference, not the fastest)`;
    return { name, choice, qualities: QUALITIES, quality: 'exact' };
  }

  async memory(): Promise<RuntimeMemory> {
    const { numTensors, numBytes } = tf.memory();
    return { tensors: numTensors, bytes: numBytes };
  }

  async dispose(): Promise<void> {
    this.#unload();
    this.#pixels = null;
    this.#disposed = true;
  }

  async #start(character: Character): Promise<Loaded> {
    const { backend, wasmPaths, allowSoftwareGpu } = this.#options;
    await startBackend(backend, wasmPaths, allowSoftwareGpu);
    this.#loaded = upload(character);
    return this.#loaded;
  }

  /** @returns the frame in model space, or `null` when the device was lost */
  async #paint({ character, params, image }: Loaded, pose: Float32Array): Promise<Float32Array | null> {
    const { backend } = this.#options;
    if (isBackendLost(backend)) return null;
    // Another runtime in the same page may have made its backend the current one.
    if (tf.getBackend() !== backend) await tf.setBackend(backend);
    const frame = tf.tidy(() => {
      const posed = tf.tensor2d(pose, [1, pose.length]);
      return student(tfjsOps(), character.config, params, image, posed).blended;
    });
    const model = (await frame.data()) as Float32Array;
    frame.dispose();
    return isBackendLost(backend) ? null : model;
  }

  #lastPixels(where: string): RgbaImage {
    this.#checkAlive(where);
    if (this.#pixels === null) throw new BackendError(`${where}: expected a painted frame, got none; call pose first`);
    return this.#pixels;
  }

  #unload(): void {
    if (this.#loaded === null) return;
    disposeParams(this.#loaded.params.face);
    disposeParams(this.#loaded.params.body);
    this.#loaded.image.dispose();
    this.#loaded = null;
  }

  #checkAlive(where: string): void {
    if (this.#disposed) throw new BackendError(`${where}: expected a live runtime, got a disposed one; create another`);
  }
}

/** A runtime on tfjs; see `TfjsRuntimeOptions`. The backend's code is loaded with the first character. */
export function createTfjsRuntime(options: Partial<TfjsRuntimeOptions> = {}): StudentRuntime {
  return new TfjsRuntime({ ...DEFAULTS, ...options });
}

function upload(character: Character): Loaded {
  const size = studentImageSize(character.config);
  return {
    character,
    params: { face: uploadWeights(character.face), body: uploadWeights(character.body) },
    image: tf.tensor4d(imageToModel(character.image), [1, size, size, 4]),
  };
}
