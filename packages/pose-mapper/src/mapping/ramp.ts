/** `value` held between `min` and `max`. */
export function clamp(value: number, min = 0, max = 1): number {
  return Math.min(max, Math.max(min, value));
}

/** 0 up to `from`, 1 from `to` on, straight between; 0 everywhere where the range is empty, as the original has it. */
export function ramp(value: number, from: number, to: number): number {
  return to > from ? clamp((value - from) / (to - from)) : 0;
}

/** The smooth step of 0..1: flat at both ends. */
export function ease(amount: number): number {
  const x = clamp(amount);
  return x * x * (3 - 2 * x);
}

/** `a` where `amount` is 0, `b` where it is 1. */
export function mix(a: number, b: number, amount: number): number {
  return a + (b - a) * amount;
}
