/** The part of a slider's track to fill, as shares of its length: from zero to the value. */
export function filledShare(value: number, min: number, max: number): { readonly from: number; readonly to: number } {
  const share = (at: number): number => (Math.min(max, Math.max(min, at)) - min) / (max - min);
  const [zero, end] = [share(0), share(value)];
  return { from: Math.min(zero, end), to: Math.max(zero, end) };
}

/** A value as people read it: two decimals, a real minus sign, no negative zero. */
export function formatValue(value: number): string {
  const text = Math.abs(value).toFixed(2);
  return value < 0 && text !== '0.00' ? `\u2212${text}` : text;
}
