/**
 * sin(pi t) for |t| < 2^22, four channels at a time. WGSL promises nothing for the sine of a large argument.
 *
 * The factor 30 / pi is folded into the weights, so the period is 2 and the reduction exact: r = t - 2 round(t / 2) lies
 * in [-1, 1], and folding it at +-1/2 leaves f in [-1/2, 1/2] with sin(pi f) = sin(pi t). No integers and no additions
 * of magic numbers, which a compiler with fast maths would cancel. The odd polynomial of degree 9 is off by at most
 * 3.3e-9 before rounding.
 */
export const SINE_WGSL = `
fn sinPi(t: vec4f) -> vec4f {
  let r = fma(vec4f(-2.0), round(t * 0.5), t);
  let f = max(min(r, 1.0 - r), -1.0 - r);
  let f2 = f * f;
  var p = fma(vec4f(0.07722003757953644), f2, vec4f(-0.5980451107025146));
  p = fma(p, f2, vec4f(2.5500314235687256));
  p = fma(p, f2, vec4f(-5.1677069664001465));
  p = fma(p, f2, vec4f(3.1415925025939941));
  return p * f;
}`;
