/**
 * Breathing, 0 (out) to 1 (in): (1 - cos(2 pi t / T)) / 2.
 *
 * @param timeMs since the start of a breath
 * @param breathsPerMinute 0 stands still
 * Source: the converters of the THA4 demo.
 */
export function breathing(timeMs: number, breathsPerMinute: number): number {
  const breaths = (timeMs / 60_000) * breathsPerMinute;
  return (1 - Math.cos(2 * Math.PI * (breaths - Math.floor(breaths)))) / 2;
}
