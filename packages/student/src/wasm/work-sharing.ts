import {
  CHUNK,
  type Painter,
  paintEnlargedChunk,
  paintFaceChunk,
  paintHalfChunk,
  paintKeptChunk,
  paintLevelChunk,
} from './paint-chunk.ts';

/** Steps of a team that paints: a level's index, that plus `KEEP`, or one of these. */
export const FACE = -1;
/** The last level at half its size: its outputs for the pixels of the level below. */
export const HALF = -2;
/** The frame from the outputs of `HALF`. */
export const ENLARGE = -3;
/** The frame from the outputs that were kept. */
export const WARP = -4;
/** Added to the last level: its outputs are kept. */
export const KEEP = 64;

/** Pixels that a thread takes at once: enough that taking costs nothing, few enough that no thread waits long. */
export const TAKE: number = 4 * CHUNK;

/** Takes pixels `from..end` of a list through a step in this thread alone. */
export function paintRange(painter: Painter, step: number, names: number, from: number, end: number): void {
  for (let first = from; first < end; first += CHUNK) {
    const pixels = Math.min(CHUNK, end - first);
    const part = names + first * 4;
    if (step === FACE) paintFaceChunk(painter, first, pixels);
    else if (step === HALF) paintHalfChunk(painter, part, pixels);
    else if (step === ENLARGE) paintEnlargedChunk(painter, part, pixels);
    else if (step === WARP) paintKeptChunk(painter, part, pixels);
    else paintLevelChunk(painter, step % KEEP, step >= KEEP, part, pixels);
  }
}
