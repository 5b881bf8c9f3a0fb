/** Middle of some numbers; of an even count, the mean of the two in the middle. @throws {RangeError} for none */
export function median(values: readonly number[]): number {
  const sorted = ascending(values, 'median');
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** The smallest number that is not less than 95 % of them (nearest rank): the largest, of fewer than 20. */
export function p95(values: readonly number[]): number {
  const sorted = ascending(values, 'p95');
  return sorted[Math.ceil(0.95 * sorted.length) - 1]!;
}

function ascending(values: readonly number[], where: string): Float64Array {
  if (values.length === 0) throw new RangeError(`${where}: expected at least one number, got none`);
  if (values.some((value) => !Number.isFinite(value))) {
    throw new RangeError(`${where}: expected finite numbers, got ${values.join(', ')}`);
  }
  return Float64Array.from(values).sort();
}
