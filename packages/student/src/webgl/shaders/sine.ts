/**
 * What turns `planStudent`'s half turns (its period is 2) into the turns (period 1) of `sinTurns`: an exact factor.
 */
export const TURNS_PER_HALF_TURN = 0.5;

/**
 * sin(2 pi t), four at a time.
 *
 * Plain form: sin(30 (W x + b)), with 30 / (2 pi) folded into W and b. GLSL promises nothing for a sine of 250 rad, so
 * whole turns are dropped first, then the sine is folded at a quarter turn. Both steps are exact in float32 while
 * |t| < 2^22, and only one of them rounds: rounding, unlike the rest, runs at a quarter of the speed on some GPUs.
 * The polynomial is the CPU kernels', with powers of two moved from its argument into its coefficients: off by at most
 * 3.3e-9 before rounding.
 */
export const SINE_GLSL = `
vec4 sinTurns(vec4 t) {
  vec4 r = t - round(t);
  r = max(min(r, 0.5 - r), -0.5 - r);
  vec4 s = r * r;
  vec4 q = 39.536659240722656 * s - 76.54977416992188;
  q = q * s + 81.60100555419922;
  q = q * s - 41.34165573120117;
  q = q * s + 6.283185005187988;
  return q * r;
}`;
