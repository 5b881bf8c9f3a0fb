/** Longer ones are no number that a tracker sends. */
const LONGEST = 32;

const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** A decimal number, or `null`: unlike `Number`, nothing is 0, and neither hexadecimal nor infinity is a number. */
export function decimal(text: string): number | null {
  const trimmed = text.length > LONGEST ? '' : text.trim();
  if (!DECIMAL.test(trimmed)) return null;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : null;
}
