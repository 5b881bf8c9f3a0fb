// Sine and its derivative from one range reduction; see ../sine.ts, whose argument this takes: t, standing for
// sin(pi t) = sin(30 z), so that the derivative for z is 30 cos(pi t).
import { madd } from '../sine';

const MAGIC: f32 = 12582912;

/** Stores sin(pi t) at `h` and 30 cos(pi t) at `c`. Both polynomials are off by at most 3.3e-9 before rounding. */
// @ts-ignore: decorator
@inline
export function storeWave(t: v128, h: usize, c: usize): void {
  const magic = f32x4.splat(MAGIC);
  const m = f32x4.add(t, magic);
  const f = f32x4.sub(t, f32x4.sub(m, magic));
  const sign = i32x4.shl(m, 31);
  const f2 = f32x4.mul(f, f);
  let p = madd(f32x4.splat(0.07722003757953644), f2, f32x4.splat(-0.5980451107025146));
  p = madd(p, f2, f32x4.splat(2.5500314235687256));
  p = madd(p, f2, f32x4.splat(-5.1677069664001465));
  p = madd(p, f2, f32x4.splat(3.1415925025939941));
  v128.store(h, v128.xor(f32x4.mul(p, f), sign));
  // The even polynomial's coefficients are those of cos(pi f), times 30.
  let q = madd(f32x4.splat(-0.73262097), f2, f32x4.splat(7.048617778));
  q = madd(q, f2, f32x4.splat(-40.05648314));
  q = madd(q, f2, f32x4.splat(121.761288));
  q = madd(q, f2, f32x4.splat(-148.04406468));
  q = madd(q, f2, f32x4.splat(30));
  v128.store(c, v128.xor(q, sign));
}
