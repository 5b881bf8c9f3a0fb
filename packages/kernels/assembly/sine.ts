// sin(pi t), four lanes at a time.
//
// Plain form: sin(30 (W x + b)). The factor 30/pi is folded into W and b, so that the period is 2 and the range
// reduction is exact: with m the nearest integer of t, sin(pi t) = (-1)^m sin(pi (t - m)). It holds for |t| < 2^22;
// real students reach |t| = 81. The odd polynomial of degree 9 on [-1/2, 1/2] is off by at most 3.3e-9 before rounding.

// 1.5 * 2^23: adding it to a float rounds to the nearest integer and leaves that integer in the low bits.
const MAGIC: f32 = 12582912;

// @ts-ignore: decorator
@inline
export function sinPi(t: v128): v128 {
  const magic = f32x4.splat(MAGIC);
  const m = f32x4.add(t, magic);
  const f = f32x4.sub(t, f32x4.sub(m, magic));
  const f2 = f32x4.mul(f, f);
  let p = madd(f32x4.splat(0.07722003757953644), f2, f32x4.splat(-0.5980451107025146));
  p = madd(p, f2, f32x4.splat(2.5500314235687256));
  p = madd(p, f2, f32x4.splat(-5.1677069664001465));
  p = madd(p, f2, f32x4.splat(3.1415925025939941));
  return v128.xor(f32x4.mul(p, f), i32x4.shl(m, 31));
}

/** a b + c: one rounding where the relaxed build runs on a CPU with FMA, else two. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
