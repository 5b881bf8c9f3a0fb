/**
 * Conversions between the bit patterns of IEEE binary16, bfloat16 and binary32. They work on bits, not on numbers, so
 * that every pattern survives a round trip, NaN payloads included (a JavaScript number may lose those).
 */

/** Bits of the binary32 that equals a binary16; exact for every pattern. */
export function float32BitsFromHalf(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0x1f) return (sign | 0x7f800000 | (fraction << 13)) >>> 0;
  if (exponent !== 0) return (sign | ((exponent + 112) << 23) | (fraction << 13)) >>> 0;
  if (fraction === 0) return sign >>> 0;
  // A subnormal is fraction * 2^-24: move its leading one up to bit 10, where a normal number hides it.
  const shift = Math.clz32(fraction) - 21;
  return (sign | ((113 - shift) << 23) | (((fraction << shift) & 0x3ff) << 13)) >>> 0;
}

/** Bits of the binary16 nearest to a binary32, ties to even; what is too large becomes infinity. */
export function halfFromFloat32Bits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude > 0x7f800000) {
    const payload = (magnitude >>> 13) & 0x3ff;
    return sign | 0x7c00 | (payload === 0 ? 0x200 : payload);
  }
  // 65520 lies half way between the largest finite half (65504) and the next power of two.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Rebias a normal number (at least 2^-14); a carry out of the fraction moves into the exponent, as it should.
  if (magnitude >= 0x38800000) return sign | roundShift(magnitude - (112 << 23), 13);
  // Below half of the smallest subnormal (2^-25), and the tie there too, the nearest is zero.
  if (magnitude <= 0x33000000) return sign;
  const significand = (magnitude & 0x7fffff) | 0x800000;
  return sign | roundShift(significand, 126 - (magnitude >>> 23));
}

/** Bits of the binary32 that equals a bfloat16, which is its upper half. */
export function float32BitsFromBfloat16(bfloat: number): number {
  return (bfloat << 16) >>> 0;
}

/** `value / 2^shift`, rounded to nearest, ties to even. */
function roundShift(value: number, shift: number): number {
  const kept = value >>> shift;
  const rest = value - kept * 2 ** shift;
  const half = 2 ** (shift - 1);
  return kept + (rest > half || (rest === half && (kept & 1) === 1) ? 1 : 0);
}
