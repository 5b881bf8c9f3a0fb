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
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import { isBackendLost, type PassedOver, startBackend, type TfjsBackend, type WasmPaths } from './backends.ts';

/** How a tfjs runtime is set up. */
export interface TfjsRuntimeOptions {
  /** One backend, or `auto`: webgl on a real GPU, else wasm, else cpu. */
  readonly backend: TfjsBackend | 'auto';
  /** Where the wasm binaries are; `null` leaves it to tfjs (in Node it finds its own). */
  readonly wasmPaths: WasmPaths | null;
  /** Take webgl also where a CPU emulates the GPU, as in headless browsers. */
  readonly allowSoftwareGpu: boolean;
}

const DEFAULTS: TfjsRuntimeOptions = { backend: 'auto', wasmPaths: null, allowSoftwareGpu: false };
const AUTO: readonly TfjsBackend[] = ['webgl', 'wasm', 'cpu'];

/** What lies on the device for the character that is loaded. */
interface Loaded {
  readonly character: Character;
  readonly params: StudentParams<tf.Tensor>;
  readonly image: tf.Tensor;
}

/** The plain runtime: the student's own lines, layer by layer, on a tfjs backend. The reference for faster ones. */
class TfjsRuntime implements StudentRuntime {
  readonly #options: TfjsRuntimeOptions;
  #candidates: TfjsBackend[];
  #passedOver: PassedOver[] = [];
  #backend: TfjsBackend | null = null;
  #loaded: Loaded | null = null;
  #pixels: RgbaImage | null = null;
  #serial = 0;
  #disposed = false;

  constructor(options: TfjsRuntimeOptions) {
    this.#options = options;
    this.#candidates = options.backend === 'auto' ? [...AUTO] : [options.backend];
  }

  async load(character: Character): Promise<RuntimeInfo> {
    this.#checkAlive('load');
    this.#unload();
    await this.#startAny(character);
    return this.info();
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    this.#checkAlive('pose');
    const pose = validatePose(values, 'pose');
    if (this.#loaded === null) throw new BackendError('pose: expected a loaded character, got none; call load first');
    const start = performance.now();
    let model = await this.#paint(this.#loaded, pose);
    while (model === null) {
      // The device is gone: its tensors are too, so start again from the character that is still in memory.
      const { character } = this.#loaded;
      this.#unload();
      await this.#startAny(character);
      model = await this.#paint(this.#loaded, pose);
      if (model === null) this.#giveUp('its device was lost again at once');
    }
    const size = studentImageSize(this.#loaded.character.config);
    this.#pixels = modelToImage(model, size, size);
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
    const passed = this.#passedOver.map(({ backend, reason }) => `not ${backend}: ${reason}`).join('; ');
    const name = this.#backend === null ? 'tfjs (not started)' : `tfjs-${this.#backend}`;
    return { name, choice: passed === '' ? `${name}, as asked or first choice` : `${name} (${passed})` };
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

  /** Starts the first candidate that can take the character; those before it are passed over for good. */
  async #startAny(character: Character): Promise<void> {
    for (;;) {
      const backend = this.#candidates[0];
      if (backend === undefined) {
        const reasons = this.#passedOver.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ');
        throw new BackendError(`tfjs runtime: expected a backend that works here, got none (${reasons})`);
      }
      try {
        await startBackend(backend, this.#options.wasmPaths, this.#options.allowSoftwareGpu);
        this.#backend = backend;
        this.#loaded = upload(character);
        return;
      } catch (error) {
        this.#giveUp((error as Error).message);
      }
    }
  }

  #giveUp(reason: string): void {
    const backend = this.#candidates.shift();
    if (backend !== undefined) this.#passedOver.push({ backend, reason });
  }

  /** @returns the frame in model space, or `null` when the device was lost */
  async #paint({ character, params, image }: Loaded, pose: Float32Array): Promise<Float32Array | null> {
    const backend = this.#backend!;
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

/** A runtime on tfjs; see `TfjsRuntimeOptions`. Backends are loaded when the first character is. */
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
