import { Unzlib } from 'fflate';
import { ImageError } from '../errors.ts';

/**
 * Inflates a zlib stream that must hold `size` bytes, with memory in proportion to `size` whatever the stream claims:
 * it is fed in small slices and left as soon as `size` bytes are there, so a deflate bomb has no effect. What follows
 * after them is ignored, as libpng does.
 *
 * @throws {ImageError} when the stream is damaged or holds less
 */
export function inflateExactly(compressed: Uint8Array, size: number, where: string): Uint8Array {
  if (compressed.length * MAX_RATIO < size) throw tooShort(where, size, `only ${compressed.length} compressed bytes`);
  const out = new Uint8Array(size);
  let filled = 0;
  const inflator = new Unzlib((part) => {
    const room = size - filled;
    out.set(part.length > room ? part.subarray(0, room) : part, filled);
    filled += Math.min(part.length, room);
  });
  let idle = 0;
  try {
    for (let at = 0; at < compressed.length && filled < size && idle < IDLE_SLICES; at += SLICE) {
      const before = filled;
      inflator.push(compressed.subarray(at, at + SLICE));
      idle = filled === before ? idle + 1 : 0;
    }
  } catch (cause) {
    throw new ImageError(`${where}: expected sound PNG pixel data, but it does not inflate; save the picture again`, {
      cause,
    });
  }
  if (filled < size) throw tooShort(where, size, `${filled}`);
  return out;
}

/** Deflate never expands further than this. */
const MAX_RATIO = 1032;

/** One slice inflates to 8 MB at most. */
const SLICE = 8192;

/** A stream that has ended yields nothing for the slices after its end; a sound one never for so long. */
const IDLE_SLICES = 8;

function tooShort(where: string, size: number, got: string): ImageError {
  return new ImageError(`${where}: expected ${size} bytes of pixel data, got ${got}; the picture is cut short`);
}
