/** The value below which a share of the numbers lie, straight between neighbours; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const below = sorted[low]!;
  return below + (sorted[Math.ceil(at)]! - below) * (at - low);
}

/** The middle of the numbers. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
