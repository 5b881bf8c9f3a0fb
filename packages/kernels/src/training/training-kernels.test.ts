import { assertClose, hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { Arena } from '../arena.ts';
import { bestVariant, type KernelVariant } from '../best-variant.ts';
import { ROW_BYTES } from '../load-kernels.ts';
import { packDense } from '../pack-dense.ts';
import { loadTrainingKernels, TRAINING_PAGES } from './load-training-kernels.ts';

const VARIANTS: readonly KernelVariant[] = bestVariant() === 'relaxed' ? ['plain', 'relaxed'] : ['plain'];
if (!VARIANTS.includes('relaxed')) console.warn('SKIPPED: relaxed SIMD, which this Node does not run');

const floats = (key: string, count: number, scale = 1): Float32Array =>
  Float32Array.from(hashUniform(key, count), (value) => value * scale);

async function open(variant: KernelVariant) {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: TRAINING_PAGES, shared: true });
  const arena = new Arena(memory);
  const row = (pointer: number, p: number, count: number) =>
    new Float32Array(memory.buffer, pointer + p * ROW_BYTES, count);
  return { memory, arena, row, kernels: await loadTrainingKernels(memory, variant) };
}

describe.each(VARIANTS)('training kernels, %s SIMD', (variant) => {
  it('give sine and slope of large arguments', async () => {
    const { arena, row, kernels } = await open(variant);
    const pixels = 4000;
    const [x, h, c] = [0, 1, 2].map(() => arena.take(pixels * ROW_BYTES)) as [number, number, number];
    const { weights, biases } = packDense(Float32Array.of(1), Float32Array.of(0));
    const argument = Float32Array.from({ length: pixels }, (_, i) => (i - pixels / 2) * 0.0513);
    argument.forEach((t, p) => {
      row(x, p, 1)[0] = t;
    });
    kernels.layerSine(x, h, c, arena.put(weights), arena.put(biases), 1, 1, pixels);
    // The argument itself is exact: t is a float32, and so is t minus its nearest even integer.
    const reduced = Float64Array.from(argument, (t) => Math.PI * (t - 2 * Math.round(t / 2)));
    const first = (pointer: number) => Float64Array.from(argument, (_, p) => row(pointer, p, 1)[0]!);
    assertClose(first(h), reduced.map(Math.sin), { atol: 2.5e-7 });
    assertClose(
      first(c),
      reduced.map((t) => 30 * Math.cos(t)),
      { atol: 30 * 2.5e-7 },
    );
  });

  it('add weight gradients up', async () => {
    const { memory, arena, row, kernels } = await open(variant);
    const [inputs, outputs, pixels] = [12, 13, 9];
    const [x, dz] = [arena.take(pixels * ROW_BYTES), arena.take(pixels * ROW_BYTES)];
    const values = floats('x', pixels * inputs);
    const gradients = floats('dz', pixels * outputs);
    for (let p = 0; p < pixels; p++) {
      row(x, p, inputs).set(values.subarray(p * inputs, (p + 1) * inputs));
      row(dz, p, outputs).set(gradients.subarray(p * outputs, (p + 1) * outputs));
    }
    const before = packDense(floats('g', inputs * outputs), new Float32Array(outputs));
    const g = arena.put(before.weights);
    kernels.weightGradient(x, dz, g, inputs, 2, pixels);
    const expected = Float32Array.from(floats('g', inputs * outputs), (old, i) => {
      const [k, n] = [Math.floor(i / outputs), i % outputs];
      let sum = old;
      for (let p = 0; p < pixels; p++) sum += values[p * inputs + k]! * gradients[p * outputs + n]!;
      return sum;
    });
    const actual = new Float32Array(memory.buffer, g, before.weights.length);
    assertClose(actual, packDense(expected, new Float32Array(outputs)).weights, { atol: 1e-6 });
  });

  it('enlarge, and spread gradients by the transpose', async () => {
    // <enlarge(a), b> = <a, transpose(b)> for a patch that hangs over the picture's corner.
    const { arena, row, kernels } = await open(variant);
    const [below, side, size, channels] = [4, 6, 8, 16];
    const take = (rows: number) => arena.take(rows * ROW_BYTES);
    const [cells, spread, at, h, c] = [take(16), take(16), take(36), take(36), take(36)];
    const nothing = arena.put(new Float32Array(4 * channels));
    const [a, b] = [floats('cells', 16 * channels, 0.02), floats('dz', 36 * channels)];
    // The ring outside of the picture is a copy of the border.
    const inside = (i: number) => Math.max(i, 1);
    for (let i = 0; i < 16; i++) {
      const from = (inside(Math.floor(i / 4)) * 4 + inside(i % 4)) * channels;
      row(cells, i, channels).set(a.subarray(from, from + channels));
    }
    kernels.enlargeForward(cells, -1, -1, below, -1, -1, side, size, nothing, nothing, 2, at, h, c);
    let enlarged = 0;
    for (let p = 0; p < 36; p++) {
      // Small arguments, so that the sine can be undone.
      row(h, p, channels).forEach((value, n) => {
        enlarged += (Math.asin(value) / Math.PI) * b[p * channels + n]!;
      });
      row(c, p, channels).set(b.subarray(p * channels, (p + 1) * channels));
    }
    kernels.enlargeAdjoint(c, -1, -1, side, size, spread, -1, -1, below, 2);
    let transposed = 0;
    for (let i = 0; i < 16; i++) {
      row(spread, i, channels).forEach((value, n) => {
        transposed += value * row(cells, i, channels)[n]!;
      });
    }
    expect(transposed).toBeCloseTo(enlarged, 4);
    expect(Math.abs(transposed)).toBeGreaterThan(1e-3);
    expect(row(at, 0, 4)).toEqual(Float32Array.of(1 / 8 - 1, 1 / 8 - 1, 1, 0));
  });
});
