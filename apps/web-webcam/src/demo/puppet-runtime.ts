import { BackendError, type Character, decodePng, modelToImage, type RgbaImage, validatePose } from '@tha4/core';
import {
  presentImage,
  type RuntimeInfo,
  type RuntimeMemory,
  type StudentFrame,
  type StudentRuntime,
} from '@tha4/student';
import { createPuppet, type FrameTarget, type Puppet, posePuppet } from '@tha4/teacher/puppet';

const INFO: RuntimeInfo = {
  name: 'puppet',
  choice: 'puppet (moves the picture by geometry; a trained character is finer)',
  qualities: ['exact'],
  quality: 'exact',
};

/** Paints a character that has a picture and a face mask but no networks, as the built-in teacher does. */
export class PuppetRuntime implements StudentRuntime {
  #loaded: { readonly puppet: Puppet; readonly target: FrameTarget } | null = null;
  #pixels: RgbaImage | null = null;
  #serial = 0;

  async load({ image, faceMaskPng }: Character): Promise<RuntimeInfo> {
    if (faceMaskPng === null) throw new BackendError('puppet: expected a face mask, got none; use a trained character');
    const puppet = createPuppet(image, decodePng(faceMaskPng, 'face mask'));
    this.#loaded = { puppet, target: frameTarget(puppet.size) };
    return INFO;
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    if (this.#loaded === null) throw new BackendError('pose: expected a loaded character, got none; call load first');
    const start = performance.now();
    const { puppet, target } = this.#loaded;
    posePuppet(puppet, validatePose(values, 'pose'), target);
    this.#pixels = modelToImage(target.posed, puppet.size, puppet.size);
    return { serial: ++this.#serial, ms: performance.now() - start, quality: 'exact' };
  }

  async setQuality(): Promise<void> {
    // Every frame is exact.
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    presentImage(this.#lastPixels(), canvas);
  }

  async readPixels(): Promise<RgbaImage> {
    return this.#lastPixels();
  }

  async info(): Promise<RuntimeInfo> {
    return INFO;
  }

  async memory(): Promise<RuntimeMemory> {
    const size = this.#loaded?.puppet.size ?? 0;
    return { tensors: 0, bytes: size * size * FLOATS_PER_PIXEL * 4 };
  }

  async dispose(): Promise<void> {
    this.#loaded = null;
    this.#pixels = null;
  }

  #lastPixels(): RgbaImage {
    if (this.#pixels === null) throw new BackendError('puppet: expected a painted frame, got none; call pose first');
    return this.#pixels;
  }
}

const FLOATS_PER_PIXEL = 4 * 4 + 2;

function frameTarget(size: number): FrameTarget {
  const floats = (channels: number): Float32Array => new Float32Array(size * size * channels);
  return {
    index: 0,
    posed: floats(4),
    warped: floats(4),
    gridChange: floats(2),
    direct: floats(4),
    faceMorphed: floats(4),
  };
}
