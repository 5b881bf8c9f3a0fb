// SOAP: Adam in the eigenbasis of Shampoo's statistics.
//
// A matrix W with gradient G keeps running means of G G^T and G^T G. In the basis of their eigenvectors U and V, the
// entries of U^T G V hardly depend on each other, which is what Adam takes for granted; its step is turned back by
// U and V^T. The basis is renewed now and then, by one step of orthogonal iteration.
//
// Source: Vyas et al., "SOAP: Improving and Stabilizing Shampoo using Adam", arXiv 2409.11321, algorithm 3. It skips the
// first update and keeps its moments in the plain basis; here they are turned when the basis is.

import { type BasedMatrix, diagonal, type Side } from './bases.ts';
import { SHARDS } from './layout.ts';
import { UPDATE } from './optimiser.ts';
import { SINE_SCALE } from './parameters.ts';
import type { Learner } from './passes.ts';

/** How much of the moments, and of the statistics, is kept in an update. */
export const SOAP = { mean: 0.9, square: 0.99, statistics: 0.95 } as const;
/** Updates from one basis to the next, and from one sample of the statistics to the next. */
const RENEW_EVERY = 20;
const SAMPLE_EVERY = 2;
/** Added to the statistics, in parts of their mean eigenvalue: directions without a gradient keep their vectors. */
const RIDGE = 1e-6;

/** Updates one matrix with the sum of all shards' gradients. */
export function soapPiece(learner: Learner, based: BasedMatrix, update: Float32Array): void {
  const { kernels, layout, scratch } = learner;
  const { matrix, sine, mean, square, left, right } = based;
  const { gradient, flipped } = scratch.bases!;
  const { rows, blocks, offset } = matrix;
  const [height, width] = [left.size, right.size];
  const skip = offset * 4;
  const number = update[UPDATE.number]!;
  // Rows of padding must be zeros: another matrix may have left its own there.
  if (height !== rows) new Float32Array(learner.memory.buffer, gradient, height * width).fill(0);
  kernels.gatherGradient(layout.gradients + skip, layout.gradientBytes, SHARDS, gradient, rows, height, blocks);

  const renew = number % RENEW_EVERY === 0 || (number < RENEW_EVERY && (number & (number - 1)) === 0);
  if (renew || number % SAMPLE_EVERY === 0) {
    const { statistics: keep } = SOAP;
    kernels.flip(gradient, flipped, height, width);
    kernels.multiply(gradient, flipped, left.statistics, height, width, height / 8, keep, 1 - keep);
    kernels.multiply(flipped, gradient, right.statistics, width, height, width / 8, keep, 1 - keep);
  }
  if (renew) {
    turn(learner, based, mean, left.basis, right.rows);
    renewBasis(learner, left);
    renewBasis(learner, right);
    turn(learner, based, mean, left.rows, right.basis);
  }
  turn(learner, based, gradient, left.rows, right.basis);
  kernels.adamDirection(
    gradient,
    mean,
    square,
    height * width,
    SOAP.mean,
    SOAP.square,
    1 / Math.sqrt(1 - SOAP.square ** number),
  );
  turn(learner, based, gradient, left.basis, right.rows);
  kernels.moveWeights(
    layout.weights + skip,
    layout.average + skip,
    layout.forward + skip,
    gradient,
    rows,
    height,
    blocks,
    update[sine ? UPDATE.step : UPDATE.lastStep]!,
    sine ? SINE_SCALE : 1,
    update[UPDATE.keep]!,
  );
}

/** In place: a = first a second. */
function turn(
  { kernels, scratch }: Learner,
  { left, right }: BasedMatrix,
  a: number,
  first: number,
  second: number,
): void {
  const { product } = scratch.bases!;
  kernels.multiply(first, a, product, left.size, left.size, right.size / 8, 0, 1);
  kernels.multiply(product, second, a, left.size, right.size, right.size / 8, 0, 1);
}

/** One step of orthogonal iteration: the columns of (S + ridge) Q, made orthonormal. */
function renewBasis({ kernels, memory, scratch }: Learner, { size, statistics, basis, rows }: Side): void {
  const { square } = scratch.bases!;
  const view = (pointer: number): Float32Array => new Float32Array(memory.buffer, pointer, size * size);
  const numbers = view(statistics);
  let trace = 0;
  for (let i = 0; i < size; i++) trace += numbers[diagonal(size, i)]!;
  if (!(trace > 0)) return;
  // Scaled, as squares of small gradients' squares would be too small for a float32.
  view(square).set(view(basis));
  kernels.multiply(statistics, basis, square, size, size, size / 8, RIDGE, size / trace);
  kernels.flip(square, rows, size, size);
  kernels.orthonormalise(rows, size);
  kernels.flip(rows, basis, size, size);
}
