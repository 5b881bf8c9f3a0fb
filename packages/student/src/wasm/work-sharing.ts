import {
  CHUNK,
  type Painter,
  paintEnlargedChunk,
  paintFaceChunk,
  paintHalfChunk,
  paintKeptChunk,
  paintLevelChunk,
} from './paint-chunk.ts';

/** What the threads of a team are told through shared memory: int32 numbers, by index. */
export const CONTROL = {
  /** Goes up by one for every job; who waits, waits for that. */
  generation: 0,
  /** First pixel that nobody has taken yet. */
  next: 1,
  /** Threads that have not finished the job. */
  active: 2,
  /** What to do with the pixels: a level's index, that plus `KEEP`, or one of the steps below. */
  step: 3,
  /** End of the pixels to paint, a multiple of 4 after their start. */
  end: 4,
  /** Pointer to the list that names the pixels. */
  names: 5,
} as const;

export const CONTROL_BYTES = 64;
export const FACE = -1;
export const STOP = -2;
/** The last level at half its size: its outputs for the pixels of the level below. */
export const HALF = -3;
/** The frame from the outputs of `HALF`. */
export const ENLARGE = -4;
/** The frame from the outputs that were kept. */
export const WARP = -5;
/** Added to the last level: its outputs are kept. */
export const KEEP = 64;

/** Pixels that a thread takes at once: enough that taking costs nothing, few enough that no thread waits long. */
const TAKE = 4 * CHUNK;

/** Paints the current job's pixels, some at a time, until none are left. */
export function takePart(painter: Painter, control: Int32Array): void {
  const step = Atomics.load(control, CONTROL.step);
  const names = Atomics.load(control, CONTROL.names);
  const end = Atomics.load(control, CONTROL.end);
  for (;;) {
    const from = Atomics.add(control, CONTROL.next, TAKE);
    if (from >= end) return;
    paintRange(painter, step, names, from, Math.min(from + TAKE, end));
  }
}

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
