import { hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { byteSize, fromFloat32, toFloat32 } from './dtype.ts';
import type { StoredDtype } from './stored-tensor.ts';

const DATA = Float32Array.from(hashUniform('dtype', 6));

describe('toFloat32 and fromFloat32', () => {
  it('keep float32 bit for bit, NaN payloads and negative zero included', () => {
    const bits = Uint32Array.of(0x7fc12345, 0x7f812345, 0xffffffff, 0x80000000, 1, 0x7f800000);
    const back = toFloat32(fromFloat32(new Float32Array(bits.buffer), [2, 3], 'F32'), 'x');
    expect(new Uint32Array(back.buffer)).toEqual(bits);
  });

  it('read bytes at an odd offset, and a view into a larger array', () => {
    const { bytes, ...rest } = fromFloat32(new Float32Array([9, ...DATA]).subarray(1), [6], 'F32');
    const shifted = new Uint8Array([0, ...bytes]).subarray(1);
    expect(shifted.byteOffset % 4).toBe(1);
    expect(toFloat32({ ...rest, bytes: shifted }, 'x')).toEqual(DATA);
  });

  it('round to float16 within half a step', () => {
    const back = toFloat32(fromFloat32(DATA, [6], 'F16'), 'x');
    DATA.forEach((value, i) => {
      expect(Math.abs(back[i]! - value)).toBeLessThanOrEqual(2 ** -12);
    });
    expect(back).not.toEqual(DATA);
  });

  it.each<[StoredDtype, number[], number[]]>([
    ['F64', [0, 0, 0, 0, 0, 0, 0xf8, 0x3f], [1.5]],
    ['BF16', [0x80, 0x3f, 0x00, 0xc0], [1, -2]],
    ['F16', [0x00, 0x3c, 0x01, 0x00], [1, 2 ** -24]],
  ])('read %s', (dtype, bytes, values) => {
    expect([...toFloat32({ dtype, shape: [values.length], bytes: Uint8Array.from(bytes) }, 'x')]).toEqual(values);
  });

  it('refuse integers and bytes that do not fill the shape', () => {
    const bytes = new Uint8Array(8);
    expect(() => toFloat32({ dtype: 'I64', shape: [1], bytes }, 'x: k')).toThrow(CheckpointError);
    expect(() => toFloat32({ dtype: 'I64', shape: [1], bytes }, 'x: k')).toThrow(/^x: k: expected floating .* got I64/);
    expect(() => toFloat32({ dtype: 'F32', shape: [3], bytes }, 'x')).toThrow(/expected 12 bytes for F32 \[3\], got 8/);
    expect(() => fromFloat32(DATA, [5], 'F32')).toThrow(RangeError);
  });

  it('count a scalar as one element and an empty axis as none', () => {
    expect([byteSize('F32', []), byteSize('F32', [3, 0]), byteSize('I64', [2, 3])]).toEqual([4, 0, 48]);
  });
});
