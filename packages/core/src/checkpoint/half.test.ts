import { describe, expect, it } from 'vitest';
import { float32BitsFromBfloat16, float32BitsFromHalf, halfFromFloat32Bits } from './half.ts';

const scratch = new DataView(new ArrayBuffer(4));
const bitsOf = (value: number): number => {
  scratch.setFloat32(0, value);
  return scratch.getUint32(0);
};
const floatOf = (bits: number): number => {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
};

describe('half floats', () => {
  // Pairs from the tables of IEEE 754 binary16.
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0x3c01, 1 + 2 ** -10],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
  ])('0x%s is %s in both directions', (half, value) => {
    expect(floatOf(float32BitsFromHalf(half))).toBe(value);
    expect(halfFromFloat32Bits(bitsOf(value))).toBe(half);
  });

  it('keeps all 65536 patterns through float32 and back', () => {
    const changed: number[] = [];
    for (let half = 0; half < 65536; half++)
      if (halfFromFloat32Bits(float32BitsFromHalf(half)) !== half) changed.push(half);
    expect(changed).toEqual([]);
  });

  it.each([
    [1 + 2 ** -11, 0x3c00, 'a tie goes down to the even neighbour'],
    [1 + 3 * 2 ** -11, 0x3c02, 'a tie goes up to the even neighbour'],
    [1 + 2 ** -11 + 2 ** -20, 0x3c01, 'just above a tie goes up'],
    [2 - 2 ** -12, 0x4000, 'a carry reaches the exponent'],
    [65519.99, 0x7bff, 'just below the overflow tie stays finite'],
    [65520, 0x7c00, 'the overflow tie becomes infinity'],
    [2 ** -25, 0x0000, 'half of the smallest subnormal becomes zero'],
    [2 ** -25 + 2 ** -40, 0x0001, 'just above it becomes the smallest subnormal'],
    [3 * 2 ** -25, 0x0002, 'a subnormal tie goes to even'],
    [2 ** -14 - 2 ** -26, 0x0400, 'the largest subnormal rounds up into a normal'],
    [-1e-10, 0x8000, 'a tiny negative keeps its sign'],
    [1e-45, 0x0000, 'a float32 subnormal becomes zero'],
  ])('rounds %s to 0x%s: %s', (value, half) => {
    expect(halfFromFloat32Bits(bitsOf(value))).toBe(half);
  });

  it('keeps NaN a NaN, even where its payload does not fit', () => {
    expect(halfFromFloat32Bits(0x7f800001)).toBe(0x7e00);
    expect(floatOf(float32BitsFromHalf(0x7e00))).toBeNaN();
  });

  it('rounds every float32 between two halves to the nearer one', () => {
    for (let half = 0x0000; half < 0x7bff; half += 37) {
      const low = floatOf(float32BitsFromHalf(half));
      const high = floatOf(float32BitsFromHalf(half + 1));
      expect(halfFromFloat32Bits(bitsOf(low + 0.25 * (high - low)))).toBe(half);
      expect(halfFromFloat32Bits(bitsOf(low + 0.75 * (high - low)))).toBe(half + 1);
      expect(halfFromFloat32Bits(bitsOf(low + 0.5 * (high - low)))).toBe(half + (half & 1));
    }
  });
});

describe('bfloat16', () => {
  it.each([
    [0x3f80, 1],
    [0xc000, -2],
    [0x4049, 3.140625],
    [0xff80, Number.NEGATIVE_INFINITY],
  ])('0x%s is %s', (bfloat, value) => {
    expect(floatOf(float32BitsFromBfloat16(bfloat))).toBe(value);
  });
});
