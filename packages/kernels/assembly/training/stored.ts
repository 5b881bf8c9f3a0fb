// Pictures as they are stored for training: float32, or 16 bit with 16384 for 1, so from -2 to 2 in steps of 6e-5.
const UNIT: f32 = 1.0 / 16384.0;

/** The four channels of pixel number `index`. */
// @ts-ignore: decorator
@inline
export function loadColour(picture: usize, index: i32, exact: i32): v128 {
  if (exact) return v128.load(picture + (<usize>index << 4));
  const packed = v128.load64_zero(picture + (<usize>index << 3));
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(packed)), f32x4.splat(UNIT));
}

/** Number `index` of an array. */
// @ts-ignore: decorator
@inline
export function loadNumber(array: usize, index: i32, exact: i32): f32 {
  if (exact) return load<f32>(array + (<usize>index << 2));
  return <f32>load<i16>(array + (<usize>index << 1)) * UNIT;
}

/** Sum of the four lanes. */
// @ts-ignore: decorator
@inline
export function sum(v: v128): f32 {
  return f32x4.extract_lane(v, 0) + f32x4.extract_lane(v, 1) + (f32x4.extract_lane(v, 2) + f32x4.extract_lane(v, 3));
}

/** The derivative of |d| times `weight`: 0 where d is 0. */
// @ts-ignore: decorator
@inline
export function signTimes(d: v128, weight: f32): v128 {
  const w = f32x4.splat(weight);
  const zero = f32x4.splat(0);
  return f32x4.sub(v128.and(f32x4.gt(d, zero), w), v128.and(f32x4.lt(d, zero), w));
}
