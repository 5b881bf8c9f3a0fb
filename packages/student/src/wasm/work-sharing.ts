import { CHUNK, type Painter, paintFaceChunk, paintLevelChunk } from './paint-chunk.ts';

/** What the threads of a team are told through shared memory: int32 numbers, by index. */
export const CONTROL = {
  /** Goes up by one for every job; who waits, waits for that. */
  generation: 0,
  /** First pixel that nobody has taken yet. */
  next: 1,
  /** Threads that have not finished the job. */
  active: 2,
  /** What to paint: `FACE`, a level's index, that plus `WHOLE` for its other list, or `STOP`. */
  job: 3,
  /** End of the pixels to paint, a multiple of 4 after their start. */
  end: 4,
} as const;

export const CONTROL_BYTES = 64;
export const FACE = -1;
export const STOP = -2;
export const WHOLE = 64;

/** Pixels that a thread takes at once: enough that taking costs nothing, few enough that no thread waits long. */
const TAKE = 4 * CHUNK;

/** Paints the current job's pixels, some at a time, until none are left. */
export function takePart(painter: Painter, control: Int32Array): void {
  const job = Atomics.load(control, CONTROL.job);
  const end = Atomics.load(control, CONTROL.end);
  for (;;) {
    const from = Atomics.add(control, CONTROL.next, TAKE);
    if (from >= end) return;
    paintRange(painter, job, from, Math.min(from + TAKE, end));
  }
}

/** Paints pixels `from..end` of a job in this thread alone. */
export function paintRange(painter: Painter, job: number, from: number, end: number): void {
  for (let first = from; first < end; first += CHUNK) {
    const pixels = Math.min(CHUNK, end - first);
    if (job === FACE) paintFaceChunk(painter, first, pixels);
    else paintLevelChunk(painter, job % WHOLE, job >= WHOLE, first, pixels);
  }
}
