import type { Bases } from './bases.ts';
import { SHARDS } from './layout.ts';
import { type Dense, type Parameters, SINE_SCALE } from './parameters.ts';
import type { Learner } from './passes.ts';

/** Numbers that an Adam task updates. */
const PIECE = 8192;

/** One task of an update: some of the parameters, all with or all without a sine after them. */
export interface AdamPiece {
  readonly from: number;
  readonly count: number;
  /** Whether a sine follows; else they are the last layer's. */
  readonly sine: boolean;
}

/** Cuts the parameters into tasks for threads. @param bases of matrices that are updated in another way */
export function adamPieces({ count, sineCount }: Parameters, bases: Bases | null): AdamPiece[] {
  const pieces: AdamPiece[] = [];
  const cut = (from: number, end: number): void => {
    for (let next = from; next < end; ) {
      const last = Math.min(next + PIECE, next < sineCount ? Math.min(sineCount, end) : end);
      pieces.push({ from: next, count: last - next, sine: next < sineCount });
      next = last;
    }
  };
  const others = (bases?.matrices ?? []).map(({ matrix }) => matrix).sort((a, b) => a.offset - b.offset);
  let from = 0;
  for (const { offset, rows, blocks } of others) {
    cut(from, offset);
    from = offset + rows * blocks * 8;
  }
  cut(from, count);
  return pieces;
}

/** Numbers of one update, in shared memory: float32 by index. The update's own number is exact up to 16 million. */
export const UPDATE = { step: 0, lastStep: 1, correction: 2, keep: 3, number: 4 } as const;
export const UPDATE_NUMBERS = 16;

/** Updates one piece with the sum of all shards' gradients. */
export function adamPiece({ kernels, layout }: Learner, { from, count, sine }: AdamPiece, update: Float32Array): void {
  const skip = from * 4;
  kernels.adam(
    layout.weights + skip,
    layout.mean + skip,
    layout.square + skip,
    layout.average + skip,
    layout.forward + skip,
    layout.gradients + skip,
    layout.gradientBytes,
    SHARDS,
    count,
    update[sine ? UPDATE.step : UPDATE.lastStep]!,
    update[UPDATE.correction]!,
    sine ? SINE_SCALE : 1,
    update[UPDATE.keep]!,
  );
}

/** The matrices that the way back needs transposed, each one task. */
export function transposable({ levels }: Parameters): Dense[] {
  return levels.flatMap(({ sines, exit }) => [...sines, exit]);
}

/** Repacks one matrix for the way back. */
export function transposePiece({ kernels, layout }: Learner, task: number): void {
  const { offset, transposed, rows, outputs } = transposable(layout.parameters)[task]!;
  kernels.transpose(layout.weights + offset * 4, layout.transposed + transposed * 4, rows, outputs);
}
