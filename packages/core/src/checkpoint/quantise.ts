/** Smallest scale that keeps its full precision; a row that would need a smaller one holds nothing but zero. */
const LEAST_SCALE = 2 ** -126;
/** How many float32 neighbours of a scale are tried on either side. */
const NEIGHBOURS = 4;

/** Largest magnitude of a signed integer of `bits` bits, the same on both sides of zero. */
export function largestInteger(bits: number): number {
  return 2 ** (bits - 1) - 1;
}

/**
 * Rounds one row of weights to integers with a common scale: `value = integer * scale`, computed in float64 and rounded
 * once to float32. The row's largest magnitude becomes the largest integer.
 *
 * Rows that are such products already keep every bit: the scale is then the smallest float32 that gives exactly them,
 * a rule that depends on the values alone, so that packing what was unpacked gives the same integers and scale again.
 *
 * @param values finite numbers
 * @param bits 2 to 16
 * @param integers as many as `values`; receives the result
 * @returns the scale; 0 where the row is zero
 */
export function quantiseRow(values: Float32Array, bits: number, integers: Int16Array): number {
  const largest = largestInteger(bits);
  const magnitude = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = Math.fround(magnitude / largest);
  if (scale < LEAST_SCALE) {
    integers.fill(0);
    return 0;
  }
  values.forEach((value, i) => {
    integers[i] = Math.max(-largest, Math.min(largest, Math.round(value / scale)));
  });
  const exact = smallestExactScale(values, integers, scale);
  if (exact !== null) return exact;
  const rounded = Float32Array.from(integers, (integer) => integer * scale);
  return smallestExactScale(rounded, integers, Math.fround((largest * scale) / largest)) ?? scale;
}

/** The smallest float32 near `guess` whose products with the integers are exactly the values, or `null`. */
function smallestExactScale(values: Float32Array, integers: Int16Array, guess: number): number | null {
  const scale = Float32Array.of(guess);
  const bits = new Uint32Array(scale.buffer);
  bits[0]! -= NEIGHBOURS;
  for (let tried = 0; tried <= 2 * NEIGHBOURS; tried++, bits[0]!++) {
    if (isExact(values, integers, scale[0]!)) return scale[0]!;
  }
  return null;
}

function isExact(values: Float32Array, integers: Int16Array, scale: number): boolean {
  for (let i = 0; i < values.length; i++) if (Math.fround(integers[i]! * scale) !== values[i]) return false;
  return true;
}
