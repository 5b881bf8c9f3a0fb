import type { RgbaImage } from '@tha4/core';
import { UsageError } from '../errors.ts';

/** One picture holds all frames while it is packed, so their number is bounded. */
export const MAX_ANIMATION_FRAMES = 1000;

/**
 * Packs frames into an animated WebP that repeats for ever: lossless, alpha exact.
 *
 * @param fps frames a second; WebP counts whole milliseconds, so delays alternate and the speed stays right
 */
export async function encodeAnimation(frames: readonly RgbaImage[], fps: number): Promise<Uint8Array> {
  const { default: sharp } = await import('sharp');
  const raw = frames.map(({ width, height, data }) =>
    sharp(Buffer.from(data.buffer, data.byteOffset, data.byteLength), { raw: { width, height, channels: 4 } }),
  );
  // An input of an array must be a file, so each frame takes the shape of a fast, uncompressed one.
  const inputs = await Promise.all(raw.map((frame) => frame.png({ compressionLevel: 1 }).toBuffer()));
  const options = { lossless: true, exact: true, effort: 4, loop: 0, delay: delays(frames.length, fps) };
  const input = frames.length === 1 ? sharp(inputs[0]!) : sharp(inputs, { join: { animated: true } });
  return new Uint8Array(await input.webp(options).toBuffer());
}

/** Reads `--fps`. @throws {UsageError} */
export function checkFps(fps: number): number {
  if (fps >= 1 && fps <= 240) return fps;
  throw new UsageError(`--fps: expected a number from 1 to 240, got ${fps}`);
}

/** Milliseconds of each frame; their sum is never more than half a millisecond off. */
export function delays(count: number, fps: number): number[] {
  const at = (frame: number): number => Math.round((frame * 1000) / fps);
  return Array.from({ length: count }, (_, frame) => at(frame + 1) - at(frame));
}
