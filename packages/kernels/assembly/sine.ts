// sin(pi t), four lanes at a time.
//
// Plain form: sin(30 (W x + b)). The factor 30/pi is folded into W and b, so that the period is 2 and the range
// reduction is exact: with m the nearest integer of t, sin(pi t) = (-1)^m sin(pi (t - m)). It holds for |t| < 2^22;
// real students reach |t| = 81. The odd polynomial of degree 9 on [-1/2, 1/2] is off by at most 3.3e-9 before rounding.

// 1.5 * 2^23: adding it to a float rounds to the nearest integer and leaves that integer in the low bits.
const MAGIC: f32 = 12582912;

/** What stands for 1 where a sine is kept in 16 bits; see `layer16.ts`. */
const ONE: f32 = 16384;

// @ts-ignore: decorator
@inline
export function sinPi(t: v128): v128 {
  const magic = f32x4.splat(MAGIC);
  const m = f32x4.add(t, magic);
  const f = f32x4.sub(t, f32x4.sub(m, magic));
  return v128.xor(polynomial(f), i32x4.shl(m, 31));
}

/** sin(pi f) for f in [-1/2, 1/2]. */
// @ts-ignore: decorator
@inline
function polynomial(f: v128): v128 {
  const f2 = f32x4.mul(f, f);
  let p = madd(f32x4.splat(0.07722003757953644), f2, f32x4.splat(-0.5980451107025146));
  p = madd(p, f2, f32x4.splat(2.5500314235687256));
  p = madd(p, f2, f32x4.splat(-5.1677069664001465));
  p = madd(p, f2, f32x4.splat(3.1415925025939941));
  return f32x4.mul(p, f);
}

/**
 * sin(pi t) of four phases: t = p / 2^31, an integer that wraps around where the sine does. Twice a phase, wrapped, is how
 * far it is from the nearest integer.
 */
// @ts-ignore: decorator
@inline
export function sinOfPhase(p: v128): v128 {
  const twice = i32x4.shl(p, 1);
  const odd = v128.and(v128.xor(p, twice), i32x4.splat(<i32>0x80000000));
  const f = f32x4.mul(f32x4.convert_i32x4_s(twice), f32x4.splat(2.3283064365386963e-10)); // 2^-32
  return polynomial(v128.xor(f, odd));
}

/**
 * The same as eight 16-bit integers, `ONE` for 1, all in integers of 16 bits: t to 2^-15, and an odd polynomial of degree 7
 * of which the coefficients are the integers that are off least together: 0.37 rms and 1.6 at most, where rounding alone
 * is 0.29 and 0.5.
 */
// @ts-ignore: decorator
@inline
export function sinOfPhase16(low: v128, high: v128): v128 {
  // Rounded down: what is meant is the middle between t and the next.
  const t = i16x8.narrow_i32x4_s(i32x4.shr_s(low, 16), i32x4.shr_s(high, 16));
  // Beyond a quarter of a turn 2 t no longer fits and stops at the end; as far as it goes beyond it, the sine comes back.
  // The ends are 2^15 - 1 and -2^15, so that t is off by one step in one quarter of four: it saves three operations.
  const back = i16x8.sub(i16x8.add_sat_s(t, t), t);
  const u = v128.or(i16x8.add(back, back), i16x8.splat(1)); // sin(pi/2 u), 2^15 for 1
  const u2 = product(u, u);
  let s = i16x8.add(product(i16x8.splat(-73), u2), i16x8.splat(1305));
  s = i16x8.add(product(s, u2), i16x8.splat(-10584));
  s = i16x8.add(product(s, u2), i16x8.splat(25736));
  return product(s, u);
}

/** Rounded products of eight numbers, 2^15 for 1; of two smallest ones, which do not come up here, the builds' differ. */
// @ts-ignore: decorator
@inline
function product(a: v128, b: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return i16x8.relaxed_q15mulr_s(a, b);
  return i16x8.q15mulr_sat_s(a, b);
}

/** sin(pi t) of two times four numbers as eight 16-bit integers, `ONE` for 1. */
// @ts-ignore: decorator
@inline
export function sinPi16(low: v128, high: v128): v128 {
  return i16x8.narrow_i32x4_s(rounded(sinPi(low)), rounded(sinPi(high)));
}

// @ts-ignore: decorator
@inline
function rounded(value: v128): v128 {
  const magic = f32x4.splat(MAGIC);
  return i32x4.sub(madd(value, f32x4.splat(ONE), magic), magic);
}

/** a b + c: one rounding where the relaxed build runs on a CPU with FMA, else two. */
// @ts-ignore: decorator
@inline
export function madd(a: v128, b: v128, c: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(a, b, c);
  return f32x4.add(f32x4.mul(a, b), c);
}
