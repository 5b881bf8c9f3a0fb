import { readFileSync } from 'node:fs';
import { assertClose, hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { compileKernels } from '../compile-kernels.ts';
import { Arena } from './arena.ts';
import { bestVariant, type KernelVariant } from './best-variant.ts';
import { isX86 } from './is-x86.ts';
import { loadKernels, MAXIMUM_PAGES, ROW_BYTES, ROW16_BYTES } from './load-kernels.ts';
import { packDense } from './pack-dense.ts';
import { packDense16, packSum16 } from './pack-dense-16.ts';

const VARIANTS: readonly KernelVariant[] = bestVariant() === 'relaxed' ? ['plain', 'relaxed'] : ['plain'];
if (!VARIANTS.includes('relaxed')) console.warn('SKIPPED: relaxed SIMD, which this Node does not run');

const floats = (key: string, count: number, scale = 1): Float32Array =>
  Float32Array.from(hashUniform(key, count), (value) => value * scale);

/** Runs one layer on `pixels` rows of `inputs` numbers. */
async function runLayer(
  variant: KernelVariant,
  weight: Float32Array,
  bias: Float32Array,
  x: Float32Array,
  sine: 0 | 1,
  shared = false,
) {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared });
  const kernels = await loadKernels(memory, variant);
  const arena = new Arena(memory);
  const { weights, biases, inputs, blocks } = packDense(weight, bias);
  const [w, b] = [arena.put(weights), arena.put(biases)];
  const pixels = x.length / inputs;
  const [from, to] = [arena.take(pixels * ROW_BYTES), arena.take(pixels * ROW_BYTES)];
  const row = (pointer: number, p: number, count: number) =>
    new Float32Array(memory.buffer, pointer + p * ROW_BYTES, count);
  for (let p = 0; p < pixels; p++) row(from, p, inputs).set(x.subarray(p * inputs, (p + 1) * inputs));
  kernels.layer(from, to, w, b, inputs, blocks, pixels, sine);
  return Array.from({ length: pixels }, (_, p) => [...row(to, p, bias.length)]).flat();
}

/** Kernels with a list of pixels [row, column] and room for a row for each. */
async function pixelBench(variant: KernelVariant, pixels: readonly (readonly [number, number])[]) {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES });
  const kernels = await loadKernels(memory, variant);
  const arena = new Arena(memory);
  const names = arena.put(Uint32Array.from(pixels, ([row, column]) => ((row + 1) << 16) | (column + 1)));
  return { kernels, arena, names, rows: arena.take(pixels.length * ROW_BYTES) };
}

/** The first `channels` of each of `pixels` rows. */
function chunk({ memory }: Arena, rows: number, pixels: number, channels = 4): number[] {
  const row = (p: number): Float32Array => new Float32Array(memory.buffer, rows + p * ROW_BYTES, channels);
  return Array.from({ length: pixels }, (_, p) => [...row(p)]).flat();
}

/** A layer in float64. */
function plainLayer(weight: Float32Array, bias: Float32Array, x: Float32Array, sine: 0 | 1): number[] {
  const outputs = bias.length;
  const inputs = weight.length / outputs;
  return Array.from({ length: (x.length / inputs) * outputs }, (_, i) => {
    const [p, n] = [Math.floor(i / outputs), i % outputs];
    let sum = bias[n]!;
    for (let k = 0; k < inputs; k++) sum += x[p * inputs + k]! * weight[k * outputs + n]!;
    return sine ? Math.sin(Math.PI * sum) : sum;
  });
}

describe.each(VARIANTS)('kernels, %s SIMD', (variant) => {
  // Widths that are and are not multiples of eight, and pixels in more than one group of four.
  it.each([
    [2, 5, 4],
    [41, 128, 8],
    [90, 7, 12],
    [362, 180, 4],
  ])('apply a layer of %i to %i channels to %i pixels', async (inputs, outputs, pixels) => {
    const [weight, bias] = [floats('w', inputs * outputs, 0.2), floats('b', outputs)];
    const x = floats('x', inputs * pixels);
    for (const sine of [0, 1] as const) {
      // Sums of up to 362 products of about 0.1 in float32.
      assertClose(await runLayer(variant, weight, bias, x, sine), plainLayer(weight, bias, x, sine), { atol: 2e-5 });
    }
  });

  it('take the sine of large arguments', async () => {
    // One input and one output: the sine alone. 100 turns of pi and more, as in real students.
    const x = Float32Array.from({ length: 4000 }, (_, i) => (i - 2000) * 0.0513);
    const one = Float32Array.of(1);
    const actual = await runLayer(variant, one, Float32Array.of(0), x, 1);
    // The argument itself is exact: t is a float32, and so is t minus its nearest integer.
    const expected = Array.from(x, (t) => Math.sin(Math.PI * (t - Math.round(t))) * (Math.round(t) % 2 === 0 ? 1 : -1));
    assertClose(actual, expected, { atol: 2.5e-7 });
  });

  it('take out what was put down, its sine where that is wanted', async () => {
    const { kernels, arena, names, rows } = await pixelBench(variant, [
      [0, 0],
      [2, 1],
      [3, 3],
      [1, 2],
    ]);
    const picture = arena.put(floats('picture', 6 * 6 * 4, 3));
    const values = new Float32Array(arena.memory.buffer, picture, 6 * 6 * 4);
    const at = (row: number, column: number): number[] => [
      ...values.slice((row * 6 + column) * 4, (row * 6 + column) * 4 + 4),
    ];
    kernels.gather(picture, names, 4, 6, 1, 1, rows, 0);
    expect(chunk(arena, rows, 4)).toEqual([...at(1, 1), ...at(3, 2), ...at(4, 4), ...at(2, 3)]);
    kernels.gather(picture, names, 4, 6, 1, 1, rows, 1);
    assertClose(
      chunk(arena, rows, 4),
      [...at(1, 1), ...at(3, 2), ...at(4, 4), ...at(2, 3)].map((t) => Math.sin(Math.PI * t)),
      { atol: 1e-6 },
    );
  });

  it('enlarge by two as a resize with half-pixel centres does, clamped at the border', async () => {
    const pixels = Array.from({ length: 64 }, (_, i) => [Math.floor(i / 8), i % 8] as const);
    const { kernels, arena, names, rows } = await pixelBench(variant, pixels);
    const values = floats('half', 6 * 6 * 8);
    const half = arena.put(values);
    kernels.enlarge(half, names, 64, 8, rows);
    const cell = (row: number, column: number, channel: number): number =>
      values[((Math.min(Math.max(row, 0), 3) + 1) * 6 + Math.min(Math.max(column, 0), 3) + 1) * 8 + channel]!;
    const expected = pixels.flatMap(([row, column]) =>
      Array.from({ length: 8 }, (_, channel) => {
        const [y, x] = [(row + 0.5) / 2 - 0.5, (column + 0.5) / 2 - 0.5];
        const [top, left] = [Math.floor(y), Math.floor(x)];
        const along = (r: number): number =>
          cell(r, left, channel) * (left + 1 - x) + cell(r, left + 1, channel) * (x - left);
        return along(top) * (top + 1 - y) + along(top + 1) * (y - top);
      }),
    );
    assertClose(chunk(arena, rows, 64, 8), expected, { atol: 1e-6 });
  });

  it('give the same in shared memory', async () => {
    const [weight, bias, x] = [floats('w', 60), floats('b', 6), floats('x', 40)];
    expect(await runLayer(variant, weight, bias, x, 1, true)).toEqual(await runLayer(variant, weight, bias, x, 1));
  });
});

describe.each(VARIANTS)('kernels on 16-bit integers, %s SIMD', (variant) => {
  const ONE = 2 ** 14;
  const random16 = (key: string, count: number): Int16Array =>
    Int16Array.from(hashUniform(key, count), (value) => Math.round(value * ONE));

  /** Kernels, and a chunk of 16-bit activations `[pixels, inputs]`; what lies behind a row's inputs is not zero. */
  async function bench16(x: Int16Array, inputs: number) {
    const memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES });
    const kernels = await loadKernels(memory, variant);
    const arena = new Arena(memory);
    const pixels = x.length / inputs;
    const [from, to] = [arena.take(pixels * ROW16_BYTES), arena.take(pixels * ROW_BYTES)];
    return {
      kernels,
      arena,
      pixels,
      to,
      /** Once all is put, since memory moves when it grows. */
      from: (): number => {
        for (let p = 0; p < pixels; p++) {
          const row = new Int16Array(memory.buffer, from + p * ROW16_BYTES, ROW16_BYTES / 2).fill(-77);
          row.set(x.subarray(p * inputs, (p + 1) * inputs));
        }
        return from;
      },
      integers: (channels: number): number[] =>
        Array.from({ length: pixels }, (_, p) => [
          ...new Int16Array(memory.buffer, to + p * ROW16_BYTES, channels),
        ]).flat(),
      floats: (channels: number): number[] => chunk(arena, to, pixels, channels),
    };
  }

  // Odd widths, widths that are no multiple of eight, and weights of which the sums wrap around a hundred times.
  it.each([
    [5, 3, 4, 0.2],
    [128, 128, 8, 0.1],
    [90, 7, 12, 0.5],
    [361, 180, 4, 3],
  ])('apply a layer of %i to %i channels to %i pixels, weights up to %f', async (inputs, outputs, pixels, size) => {
    const [weight, bias] = [floats('w', inputs * outputs, size), floats('b', outputs, 5)];
    const x = random16('x', inputs * pixels);
    const packed = packDense16(weight, bias);
    const { kernels, arena, from, to, integers, floats: outOf } = await bench16(x, inputs);
    const [w, b, m] = [arena.put(packed.weights), arena.put(packed.biases), arena.put(packed.multiples)];
    // The same layer with the weights as they were rounded, exactly.
    const rounded = weight.map((_, i) => {
      const [k, n] = [Math.floor(i / outputs), i % outputs];
      const at = ((n >> 3) * packed.pairs + (k >> 1)) * 16 + (n & 7) * 2 + (k & 1);
      return (packed.weights[at]! * packed.multiples[n]!) / 2 ** 17;
    });
    for (let i = 0; i < weight.length; i++) {
      expect(Math.abs(rounded[i]! - weight[i]!)).toBeLessThanOrEqual(packed.multiples[i % outputs]! / 2 ** 18 + 1e-7);
    }
    const activations = Float32Array.from(x, (value) => value / ONE);
    const expected = plainLayer(Float32Array.from(rounded), bias, activations, 1);
    kernels.layer16(from(), to, w, b, m, packed.pairs, packed.blocks, pixels, 0);
    // A phase to 2^-15 of half a turn, and in one quarter off by one such step; a polynomial off by 1.6.
    assertClose(
      integers(outputs).map((value) => value / ONE),
      expected,
      { atol: 1.6 / ONE + Math.PI / 2 ** 16 + Math.PI / 2 ** 15 },
    );
    kernels.layer16(from(), to, w, b, m, packed.pairs, packed.blocks, pixels, 1);
    assertClose(outOf(outputs), expected, { atol: 2e-6 });
  });

  it('add sums that are no phases, also the largest ones that there are', async () => {
    const [inputs, outputs, pixels] = [90, 13, 8];
    const same = new Float32Array(inputs * outputs).fill(0.7);
    for (const [weight, x] of [
      [floats('w', inputs * outputs), random16('x', inputs * pixels)],
      [same, new Int16Array(inputs * pixels).fill(ONE)],
      [same, new Int16Array(inputs * pixels).fill(-ONE)],
    ] as const) {
      const { weights, scales, segments, blocks } = packSum16(weight, outputs);
      const { kernels, arena, from, to, floats: outOf } = await bench16(x, inputs);
      const [w, s] = [arena.put(weights), arena.put(scales)];
      for (let p = 0; p < pixels; p++) new Float32Array(arena.memory.buffer, to + p * ROW_BYTES, 16).fill(3);
      kernels.sum16(from(), to, w, s, segments, blocks, pixels);
      const expected = plainLayer(
        weight,
        new Float32Array(outputs).fill(3),
        Float32Array.from(x, (v) => v / ONE),
        0,
      );
      // Each weight is rounded by up to half of what one is worth; float32 does the rest.
      assertClose(outOf(outputs), expected, { atol: inputs * 0.5 * ONE * Math.max(...scales) + 1e-4 });
    }
  });

  it('end enlargements, and what is float32 already, in 16 bits', async () => {
    const pixels = Array.from({ length: 16 }, (_, i) => [Math.floor(i / 4), i % 4] as const);
    const { kernels, arena, names, rows } = await pixelBench(variant, pixels);
    const grid = arena.put(floats('grid', 4 * 4 * 16, 80));
    for (const run of [
      (sixteen: 0 | 1) => kernels.enlargeSine(grid, names, 16, 4, 4, rows, sixteen),
      (sixteen: 0 | 1) => {
        kernels.gather(grid, names, 16, 4, 4, 0, rows, sixteen === 1 ? 0 : 1);
        if (sixteen === 1) kernels.sines16(rows, 2, 16);
      },
    ]) {
      run(0);
      const expected = chunk(arena, rows, 16, 16).map((value) => Math.round(value * ONE));
      run(1);
      const found = pixels.flatMap((_, p) => [...new Int16Array(arena.memory.buffer, rows + p * ROW16_BYTES, 16)]);
      // Halves may be rounded either way.
      assertClose(found, expected, { atol: 1 });
    }
  });
});

describe('the CPU', () => {
  it('is of the x86 family where Node says so', () => {
    expect(isX86()).toBe(['x64', 'ia32'].includes(process.arch));
  });
});

describe('binaries', () => {
  it('of relaxed SIMD start where `bestVariant` says so', async () => {
    const relaxed = loadKernels(new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES }), 'relaxed');
    if (bestVariant() === 'relaxed') expect(await relaxed).toMatchObject({ variant: 'relaxed' });
    else await expect(relaxed).rejects.toThrow(WebAssembly.CompileError);
  });

  it('are what the sources in assembly/ compile to', async () => {
    for (const [file, text] of await compileKernels()) {
      expect(readFileSync(new URL(file, import.meta.url), 'utf8'), `${file}: run the assemble script`).toBe(text);
    }
  });
});
