import { BackendError, type Character, type RgbaImage, validatePose } from '@tha4/core';
import { FrameSurface } from '../frame-surface.ts';
import { drawBitmap, presentImage } from '../present.ts';
import { QUALITIES, type Quality } from '../quality.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import { FrameCache } from './frame-cache.ts';

/** How frames are kept. */
export interface FrameCacheOptions {
  /** Most bytes that kept frames may take; a frame of 512x512 takes 1 MB. */
  readonly bytes: number;
  /** Poses count as equal when all their numbers fall into the same steps of this size. */
  readonly step: number;
}

const DEFAULTS: FrameCacheOptions = { bytes: 128e6, step: 1 / 64 };

/** A frame in the cache: a bitmap where there are any, else its bytes. */
interface KeptFrame {
  readonly quality: Quality;
  readonly picture: ImageBitmap | RgbaImage;
}

/** A runtime that shows frames again which it has painted before. */
class CachedRuntime implements StudentRuntime {
  readonly #runtime: StudentRuntime;
  readonly #step: number;
  readonly #cache: FrameCache<KeptFrame>;
  readonly #surface = new FrameSurface();
  #quality: Quality = 'exact';
  #pose: Float32Array | null = null;
  #shown: KeptFrame | null = null;
  /** Whether the runtime's own last frame is of the last pose. */
  #painted = false;
  #serial = 0;

  constructor(runtime: StudentRuntime, { bytes, step }: FrameCacheOptions) {
    this.#runtime = runtime;
    this.#step = step;
    this.#cache = new FrameCache(bytes, ({ picture }) => {
      if (isBitmap(picture)) picture.close();
    });
  }

  async load(character: Character): Promise<RuntimeInfo> {
    this.#forget();
    const info = await this.#runtime.load(character);
    this.#quality = info.quality;
    return info;
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    const pose = validatePose(values, 'pose').slice();
    const start = performance.now();
    const key = pose.map((value) => Math.round(value / this.#step)).join();
    const kept = this.#cache.get(key, ({ quality }) => isAsGood(quality, this.#quality));
    if (kept !== null) {
      this.#pose = pose;
      this.#shown = kept;
      this.#painted = false;
      return { serial: ++this.#serial, ms: performance.now() - start, quality: kept.quality, cached: true };
    }
    const { quality } = await this.#runtime.pose(pose);
    const picture = (await this.#surface.take(this.#runtime)) ?? (await this.#runtime.readPixels());
    this.#pose = pose;
    this.#shown = { quality, picture };
    this.#painted = true;
    this.#cache.put(key, this.#shown, picture.width * picture.height * 4);
    return { serial: ++this.#serial, ms: performance.now() - start, quality, cached: false };
  }

  async setQuality(quality: Quality): Promise<void> {
    await this.#runtime.setQuality(quality);
    this.#quality = quality;
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    const { picture } = this.#frame('present');
    if (isBitmap(picture)) drawBitmap(picture, canvas);
    else presentImage(picture, canvas);
  }

  /** Paints a frame that came from the cache again: a bitmap does not keep colours under a low alpha. */
  async readPixels(): Promise<RgbaImage> {
    this.#frame('readPixels');
    if (!this.#painted) await this.#runtime.pose(this.#pose!);
    this.#painted = true;
    return this.#runtime.readPixels();
  }

  info(): Promise<RuntimeInfo> {
    return this.#runtime.info();
  }

  /** The runtime's own, and the kept frames. */
  async memory(): Promise<RuntimeMemory> {
    const { tensors, bytes } = await this.#runtime.memory();
    return { tensors, bytes: bytes + this.#cache.stats().bytes };
  }

  async dispose(): Promise<void> {
    this.#forget();
    await this.#runtime.dispose();
  }

  #forget(): void {
    this.#cache.clear();
    this.#surface.reset();
    this.#pose = null;
    this.#shown = null;
    this.#painted = false;
  }

  #frame(where: string): KeptFrame {
    if (this.#shown === null) throw new BackendError(`${where}: expected a painted frame, got none; call pose first`);
    return this.#shown;
  }
}

/**
 * Puts a cache of frames before a runtime: the ones used last, by pose, up to a number of bytes. A frame says whether it
 * came from there (`StudentFrame.cached`), and the player counts it. Frames are kept as bitmaps, so those of a GPU stay
 * on it; where there is no `OffscreenCanvas`, as bytes.
 *
 * Canvases that it presents to get a 2d context. It owns the runtime.
 */
export function createCachedRuntime(runtime: StudentRuntime, options: Partial<FrameCacheOptions> = {}): StudentRuntime {
  return new CachedRuntime(runtime, { ...DEFAULTS, ...options });
}

function isAsGood(quality: Quality, wanted: Quality): boolean {
  return QUALITIES.indexOf(quality) <= QUALITIES.indexOf(wanted);
}

function isBitmap(picture: ImageBitmap | RgbaImage): picture is ImageBitmap {
  return 'close' in picture;
}
