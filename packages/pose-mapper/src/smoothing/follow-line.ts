/**
 * A first-order low-pass at the end of a step over which its input went in a straight line: the exact solution, so
 * many small steps and one large step agree.
 *
 * @param value the output at the start of the step
 * @param from the input at its start
 * @param to the input at its end
 * @param lateness time constant in lengths of the step; 0 does not filter
 */
export function followLine(value: number, from: number, to: number, lateness: number): number {
  if (lateness <= 0) return to;
  // In the long run the output runs `lag` behind; what else it was off by dies away.
  const lag = (to - from) * lateness;
  return to - lag + (value - from + lag) * Math.exp(-1 / lateness);
}
