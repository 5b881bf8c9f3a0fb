import { hashUniform, seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { CheckpointError, Tha4Error } from '../errors.ts';
import { readBits, rowBytes, writeBits } from './bit-rows.ts';
import { fromFloat32, toFloat32 } from './dtype.ts';
import { packWeights, unpackWeights } from './packed-weights.ts';
import { largestInteger, quantiseRow } from './quantise.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { Checkpoint, Spec, StoredTensor } from './stored-tensor.ts';

const SPEC: Spec = new Map([
  ['a.weight', [7, 5]],
  ['a.bias', [5]],
  ['b.weight', [5, 3]],
]);
const FLOATS: Checkpoint = new Map([
  ['a.weight', fromFloat32(Float32Array.from(hashUniform('a', 35)), [5, 7, 1, 1], 'F32')],
  ['a.bias', fromFloat32(Float32Array.from(hashUniform('b', 5)), [5], 'F32')],
  ['b.weight', fromFloat32(Float32Array.from(hashUniform('c', 15)), [3, 5, 1, 1], 'F32')],
]);
const WIDTHS = new Map([
  ['a.weight', 11],
  ['b.weight', 16],
]);
const PACKED = packWeights(FLOATS, WIDTHS);
const changed = (key: string, tensor: StoredTensor | null): Checkpoint => {
  const copy = new Map(PACKED);
  if (tensor === null) copy.delete(key);
  else copy.set(key, tensor);
  return copy;
};

describe('rows of bits', () => {
  it.each(Array.from({ length: 15 }, (_, i) => i + 2))('hold integers of %i bits', (bits) => {
    const largest = largestInteger(bits);
    const integers = Int16Array.from(hashUniform(`${bits}`, 37), (x) => Math.round(x * largest));
    integers.set([largest, -largest, 0, -1, 1]);
    const row = new Uint8Array(rowBytes(37, bits));
    writeBits(integers, bits, row);
    const back = new Int16Array(37);
    readBits(row, bits, back);
    expect(back).toEqual(integers);
  });

  it('begin with the lowest bit of the first byte', () => {
    const row = new Uint8Array(2);
    writeBits(Int16Array.of(1, -1, 2), 5, row);
    // 00001, 11111, 00010 from the lowest bit up
    expect([...row]).toEqual([0b111_00001, 0b0_00010_11]);
  });
});

describe('quantiseRow', () => {
  it('is off by half a step at most, and takes the largest magnitude as the largest integer', () => {
    for (const bits of [2, 6, 8, 13, 16]) {
      const values = Float32Array.from(hashUniform(`row ${bits}`, 100));
      const integers = new Int16Array(100);
      const scale = quantiseRow(values, bits, integers);
      expect(Math.max(...integers.map(Math.abs))).toBe(largestInteger(bits));
      values.forEach((value, i) => {
        expect(Math.abs(integers[i]! * scale - value)).toBeLessThan(scale * 0.5001);
      });
    }
  });

  it('gives the same integers and the same scale for what it has rounded, at any size', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 2000; round++) {
      const bits = 2 + (random() % 15);
      const size = 2 ** ((random() % 200) - 100);
      const values = Float32Array.from(hashUniform(`${round}`, 1 + (random() % 40)), (x) => x * size);
      const first = new Int16Array(values.length);
      const scale = quantiseRow(values, bits, first);
      const again = new Int16Array(values.length);
      const back = Float32Array.from(first, (integer) => integer * scale);
      expect(quantiseRow(back, bits, again)).toBe(scale);
      expect(again).toEqual(first);
    }
  });

  it('takes zero, and what is nearly zero, as zero', () => {
    const integers = Int16Array.of(5, 5);
    expect(quantiseRow(new Float32Array(2), 8, integers)).toBe(0);
    expect([...integers]).toEqual([0, 0]);
    expect(quantiseRow(Float32Array.of(1e-40, 0), 8, integers)).toBe(0);
  });
});

describe('packWeights', () => {
  it('names and shapes tensors as it says', () => {
    expect([...PACKED].map(([key, { dtype, shape }]) => [key, dtype, shape])).toEqual([
      ['a.weight.int11', 'U8', [5, 10]],
      ['a.weight.scale', 'F32', [5]],
      ['a.bias', 'F32', [5]],
      ['b.weight.int16', 'I16', [3, 5, 1, 1]],
      ['b.weight.scale', 'F32', [3]],
    ]);
  });

  it('comes back close, and packs to the same bytes again', () => {
    const { checkpoint, widths } = unpackWeights(PACKED, SPEC, 'x');
    expect(widths).toEqual(WIDTHS);
    expect(new Map([...checkpoint].sort())).toEqual(new Map([...packedAndBack()].sort()));
    expect(packWeights(checkpoint, widths)).toEqual(PACKED);
    for (const [key, step] of [
      ['a.weight', 1 / 1023],
      ['b.weight', 1 / 32767],
    ] as const) {
      const [before, after] = [FLOATS, checkpoint].map((tensors) => toFloat32(tensors.get(key)!, key));
      before!.forEach((value, i) => {
        expect(Math.abs(value - after![i]!)).toBeLessThanOrEqual(step * 0.51);
      });
    }
    expect(checkpoint.get('a.bias')).toBe(FLOATS.get('a.bias'));
  });

  it('refuses what is no number', () => {
    const bad = new Map(FLOATS).set(
      'a.weight',
      fromFloat32(new Float32Array(35).fill(Number.NaN), [5, 7, 1, 1], 'F32'),
    );
    expect(() => packWeights(bad, WIDTHS)).toThrow(/'a\.weight': expected finite numbers, got NaN at index 0/);
  });
});

describe('unpackWeights', () => {
  const scale = (...values: number[]): StoredTensor => fromFloat32(Float32Array.from(values), [values.length], 'F32');

  it.each([
    ['no scales', changed('a.weight.scale', null), /expected 'a\.weight\.scale' as F32 \[5\], got none/],
    ['too few scales', changed('a.weight.scale', scale(1, 2)), /as F32 \[5\], got F32 \[2\]/],
    [
      'an endless scale',
      changed('b.weight.scale', scale(1, 1, Infinity)),
      /scales of 0 or more, got Infinity at index 2/,
    ],
    ['a negative scale', changed('b.weight.scale', scale(1, -1, 1)), /scales of 0 or more, got -1/],
    ['a weight twice', changed('a.weight.int8', PACKED.get('a.weight.int11')!), /expected 'a\.weight' once/],
    ['a weight also as floats', changed('a.weight', FLOATS.get('a.weight')!), /expected 'a\.weight' once/],
    ['99 bits', new Map([['a.weight.int99', PACKED.get('a.weight.int11')!]]), /expected 2 to 16 bits, got 99/],
    ['0 bits', new Map([['a.weight.int0', PACKED.get('a.weight.int11')!]]), /expected 2 to 16 bits, got 0/],
    [
      'too few bytes',
      changed('a.weight.int11', { dtype: 'U8', shape: [5, 9], bytes: new Uint8Array(45) }),
      /expected U8 \[5, 10\], got U8 \[5, 9\]/,
    ],
    [
      'another type',
      changed('b.weight.int16', { dtype: 'U8', shape: [3, 10], bytes: new Uint8Array(30) }),
      /expected I16 \[3, 5, 1, 1\], got U8/,
    ],
    [
      'the integer without a partner',
      changed('b.weight.int16', { dtype: 'I16', shape: [3, 5, 1, 1], bytes: new Uint8Array(30).fill(0x80, 1, 2) }),
      /expected integers from -32767 up, got -32768 in row 0/,
    ],
  ])('refuses %s', (_, packed, message) => {
    expect(() => unpackWeights(packed, SPEC, 'x')).toThrow(CheckpointError);
    expect(() => unpackWeights(packed, SPEC, 'x')).toThrow(message);
  });

  it('leaves what it does not know for the check of keys', () => {
    const stray = new Map(PACKED).set('other.int8', PACKED.get('a.weight.int11')!).set('lone.scale', scale(1));
    expect([...unpackWeights(stray, SPEC, 'x').checkpoint.keys()].slice(-2)).toEqual(['other.int8', 'lone.scale']);
  });

  it('answers 10,000 damaged files with weights or a plain error, in bounded memory', () => {
    const file = writeSafetensors(PACKED);
    const random = seededRandom(3);
    let read = 0;
    const messages = new Set<string>();
    for (let i = 0; i < 10_000; i++) {
      const bytes = file.slice();
      // Names and numbers alike: digits of widths, offsets, shapes, scales and rows.
      for (let n = 1 + (random() % 3); n > 0; n--) {
        const at = 8 + (random() % (bytes.length - 8));
        bytes[at] = random() % 3 === 0 ? 48 + (random() % 10) : bytes[at]! ^ (1 << (random() % 8));
      }
      try {
        const { checkpoint } = unpackWeights(readSafetensors(bytes, 'x').tensors, SPEC, 'x');
        const size = [...checkpoint.values()].reduce((sum, tensor) => sum + tensor.bytes.length, 0);
        expect(size).toBeLessThan(2000);
        read++;
      } catch (error) {
        if (!(error instanceof Tha4Error)) throw error;
        expect(error.message).toMatch(/^x: /);
        messages.add(error.message.replace(/[\d.]+/g, '#'));
      }
    }
    expect(read).toBeGreaterThan(500);
    expect(messages.size).toBeGreaterThan(20);
  });
});

function packedAndBack(): Checkpoint {
  return unpackWeights(new Map([...PACKED].reverse()), SPEC, 'x').checkpoint;
}
