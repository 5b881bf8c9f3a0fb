import { Arena } from '@tha4/kernels';
import { loadTrainingKernels, TRAINING_PAGES } from '@tha4/kernels/training';
import { assertClose, hashUniform } from '@tha4/test-utils';
import { expect, test } from 'vitest';
import { diagonal, resetBases } from './bases.ts';
import { layOutNetwork, layOutScratch, SHARDS } from './layout.ts';
import { UPDATE, UPDATE_NUMBERS } from './optimiser.ts';
import { layOutParameters, packParameters, unpackParameters } from './parameters.ts';
import type { Learner } from './passes.ts';
import { soapPiece } from './soap.ts';

// Widths that are no multiples of eight, so that padding is tested.
const SHAPE = {
  poseSize: 5,
  levels: [{ size: 4, widths: [13, 20], keys: ['a', 'b'] }],
  last: 'last',
  outputs: 7,
};
const KEY = 'b.weight';
const [ROWS, COLUMNS] = [13, 20];

async function open() {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: TRAINING_PAGES, shared: true });
  const arena = new Arena(memory);
  const parameters = layOutParameters(SHAPE);
  const layout = layOutNetwork(arena, parameters, 'soap');
  const scratch = layOutScratch(arena, layout, { rows: [4], groups: 1 });
  const kernels = await loadTrainingKernels(memory, 'plain');
  resetBases(memory, layout.bases!);
  const learner: Learner = { kernels, memory, layout, scratch };
  const floats = (pointer: number, count: number) => new Float32Array(memory.buffer, pointer, count);
  const { matrices } = layout.bases!;
  const based = matrices.find(({ matrix }) => matrix.inputs === ROWS && matrix.outputs === COLUMNS)!;
  return {
    based,
    floats,
    /** One update of the matrix with a gradient [ROWS, COLUMNS], dealt out to the shards. @returns the step it made */
    step(gradient: Float32Array, number: number): Float32Array {
      const before = unpackParameters(parameters, floats(layout.weights, parameters.count)).get(KEY)!.data;
      for (let shard = 0; shard < SHARDS; shard++) {
        const data = gradient.map((value) => value / SHARDS);
        const flat = floats(layout.gradients + shard * layout.gradientBytes, parameters.count);
        const zeros = (shape: readonly number[]) => new Float32Array(shape.reduce((a, b) => a * b, 1));
        const all = parameters.parts.map(({ key, shape }) => [key, { shape, data: zeros(shape) }] as const);
        packParameters(parameters, new Map([...all, [KEY, { shape: [ROWS, COLUMNS], data }]]), flat);
      }
      const update = new Float32Array(UPDATE_NUMBERS);
      update[UPDATE.step] = 1 / (1 - 0.9 ** number);
      update[UPDATE.keep] = 1;
      update[UPDATE.number] = number;
      soapPiece(learner, based, update);
      const after = unpackParameters(parameters, floats(layout.weights, parameters.count)).get(KEY)!.data;
      return after.map((value, i) => before[i]! - value);
    },
  };
}

const noise = (key: string, count: number): Float32Array => Float32Array.from(hashUniform(key, count));

test('bases stay orthonormal, and become those of the eigenvectors', async () => {
  const { step, based, floats } = await open();
  // Along three directions of very different lengths.
  const gradient = (number: number): Float32Array => {
    const sum = new Float32Array(ROWS * COLUMNS);
    [1, 0.03, 0.001].forEach((size, i) => {
      const [u, v] = [noise(`u ${i}`, ROWS), noise(`v ${i}`, COLUMNS)];
      const factor = size * noise(`${number} ${i}`, 1)[0]!;
      for (let k = 0; k < sum.length; k++) sum[k]! += factor * u[Math.floor(k / COLUMNS)]! * v[k % COLUMNS]!;
    });
    return sum;
  };
  for (let number = 1; number <= 120; number++) step(gradient(number), number);
  for (const { size, statistics, basis } of [based.left, based.right]) {
    const packed = (pointer: number) => {
      const numbers = floats(pointer, size * size);
      return (row: number, column: number) => numbers[(column >> 3) * size * 8 + row * 8 + (column & 7)]!;
    };
    const [q, s] = [packed(basis), packed(statistics)];
    const indices = Array.from({ length: size }, (_, i) => i);
    const products = (m: typeof q): number[] =>
      indices.flatMap((i) =>
        indices.map((j) => {
          let sum = 0;
          for (const a of indices) for (const b of indices) sum += q(a, i) * m(a, b) * q(b, j);
          return sum;
        }),
      );
    const identity = products((a, b) => (a === b ? 1 : 0));
    assertClose(
      identity,
      identity.map((_, k) => (k % size === Math.floor(k / size) ? 1 : 0)),
      { atol: 3e-6 },
    );
    const turned = products(s);
    const largest = Math.max(...turned);
    const besides = turned.filter((_, k) => k % size !== Math.floor(k / size));
    // Statistics change between renewals, so this is near, not exact.
    expect(Math.max(...besides.map(Math.abs))).toBeLessThan(0.01 * largest);
  }
});

test('the first step has every direction of the gradient with the same length', async () => {
  const { step } = await open();
  const [u, v] = [noise('u', ROWS), noise('v', COLUMNS)];
  const gradient = Float32Array.from(
    { length: ROWS * COLUMNS },
    (_, k) => 1e-3 * u[Math.floor(k / COLUMNS)]! * v[k % COLUMNS]!,
  );
  const taken = step(gradient, 1);
  // The step of a gradient of rank one points along it.
  const dot = taken.reduce((sum, value, i) => sum + value * gradient[i]!, 0);
  const length = (data: Float32Array): number => Math.sqrt(data.reduce((sum, value) => sum + value * value, 0));
  expect(dot / (length(taken) * length(gradient))).toBeGreaterThan(0.9);
  expect(diagonal(16, 9)).toBe(16 * 8 + 9 * 8 + 1);
});

test('padding stays zero', async () => {
  const { step, based, floats } = await open();
  for (let number = 1; number <= 5; number++) step(noise(`${number}`, ROWS * COLUMNS), number);
  const { left, right, mean } = based;
  const numbers = floats(mean, left.size * right.size);
  const inPadding = [...numbers].filter((_, i) => {
    const [block, row, lane] = [Math.floor(i / (left.size * 8)), Math.floor(i / 8) % left.size, i % 8];
    return row >= ROWS || block * 8 + lane >= COLUMNS;
  });
  expect(inPadding.length).toBeGreaterThan(0);
  expect(Math.max(...inPadding.map(Math.abs))).toBe(0);
});
