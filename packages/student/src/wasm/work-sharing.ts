import { CHUNK, type Painter, paintFaceChunk, paintLevelChunk } from './paint-chunk.ts';

/** Jobs of a team that paints: `FACE`, a level's index, or that plus `WHOLE` for its other list. */
export const FACE = -1;
export const WHOLE = 64;

/** Pixels that a thread takes at once: enough that taking costs nothing, few enough that no thread waits long. */
export const TAKE: number = 4 * CHUNK;

/** Paints pixels `from..end` of a job in this thread alone. */
export function paintRange(painter: Painter, job: number, from: number, end: number): void {
  for (let first = from; first < end; first += CHUNK) {
    const pixels = Math.min(CHUNK, end - first);
    if (job === FACE) paintFaceChunk(painter, first, pixels);
    else paintLevelChunk(painter, job % WHOLE, job >= WHOLE, first, pixels);
  }
}
