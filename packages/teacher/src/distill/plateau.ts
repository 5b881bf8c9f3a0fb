/** Measurements that a plateau spans. Short runs have hardly more of them, and end by themselves. */
export const PLATEAU_MEASUREMENTS = 12;

/** Gain over that span below which going on is not worth it, decibels. */
export const PLATEAU_DECIBELS = 0.05;

/**
 * Whether training has stopped to pay: the best of the newest measurements is hardly better than the best before them.
 * A training that diverges is a plateau too.
 *
 * @param decibels PSNR on held-out poses, oldest first
 */
export function isPlateau(decibels: readonly number[]): boolean {
  if (decibels.length <= PLATEAU_MEASUREMENTS) return false;
  const before = Math.max(...decibels.slice(0, -PLATEAU_MEASUREMENTS));
  const newest = Math.max(...decibels.slice(-PLATEAU_MEASUREMENTS));
  return newest - before < PLATEAU_DECIBELS;
}
