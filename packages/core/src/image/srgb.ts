// The two branches of the linear -> sRGB curve meet here (0.04045 / 12.92), as the original writes it.
const LINEAR_THRESHOLD = 0.003130804953560372;

/** One sRGB value in [0, 1] to linear light; what lies outside is clipped, NaN stays NaN. */
export function srgbToLinear(value: number): number {
  const v = Math.min(Math.max(value, 0), 1);
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

/** One linear value in [0, 1] to sRGB; what lies outside is clipped, NaN stays NaN. */
export function linearToSrgb(value: number): number {
  const v = Math.min(Math.max(value, 0), 1);
  return v <= LINEAR_THRESHOLD ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055;
}

/**
 * One linear value to the nearest sRGB byte, by table: `roundHalfToEven(linearToSrgb(value) * 255)`.
 * What lies outside [0, 1] is clipped; NaN becomes 0.
 */
export function linearToSrgbByte(value: number): number {
  if (!(value > 0)) return 0;
  if (value >= 1) return 255;
  const byte = BUCKET_BYTE[(value * BUCKETS) | 0]!;
  return value >= BYTE_THRESHOLD[byte + 1]! ? byte + 1 : byte;
}

// Entry k: the smallest linear value that becomes byte k or more. Entry 0 is 0 and entry 256 is out of reach.
const BYTE_THRESHOLD = Float64Array.from({ length: 257 }, (_, byte) =>
  byte === 0 ? 0 : byte === 256 ? Number.POSITIVE_INFINITY : srgbToLinear((byte - 0.5) / 255),
);

// The curve is steepest at 0, 12.92 * 255 = 3295 bytes per unit, so a bucket of 1/4096 holds one threshold at most.
const BUCKETS = 4096;

const BUCKET_BYTE = Uint8Array.from({ length: BUCKETS }, (_, bucket) => {
  let byte = 0;
  while (BYTE_THRESHOLD[byte + 1]! <= bucket / BUCKETS) byte++;
  return byte;
});
