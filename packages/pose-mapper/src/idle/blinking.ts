import { ease } from '../mapping/ramp.ts';
import { hash } from './noise.ts';

const CLOSING_MS = 80;
const SHUT_MS = 40;
const OPENING_MS = 150;
const BLINK_MS = CLOSING_MS + SHUT_MS + OPENING_MS;
/** One blink in so many is followed by a second one at once, as people do. */
const TWICE = 0.15;

/**
 * How far the eyes are shut, 0..1, by blinks of its own: one in each span of time, anywhere in its middle part, so that
 * the waits are irregular (0.2 to 1.8 of the mean); lids close faster than they open.
 */
export function blinking(timeMs: number, blinksPerMinute: number, seed: number): number {
  if (blinksPerMinute <= 0) return 0;
  // Shorter spans could not hold a double blink.
  const span = Math.max(60_000 / blinksPerMinute, 4 * BLINK_MS);
  const slot = Math.floor(timeMs / span);
  // A blink never leaves its span: the last one begins early enough to end in it.
  const room = Math.min(0.8, 1 - (2 * BLINK_MS) / span - 0.1);
  const since = timeMs - (slot + 0.1 + room * hash(seed, 1, slot)) * span;
  const first = lid(since);
  return hash(seed, 2, slot) < TWICE ? Math.max(first, lid(since - BLINK_MS - 30)) : first;
}

/** How far the lid is shut at a time after a blink began, 0..1. */
function lid(sinceMs: number): number {
  if (sinceMs <= 0 || sinceMs >= BLINK_MS) return 0;
  if (sinceMs < CLOSING_MS) return ease(sinceMs / CLOSING_MS);
  return 1 - ease((sinceMs - CLOSING_MS - SHUT_MS) / OPENING_MS);
}
