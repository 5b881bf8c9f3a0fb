import type { Random } from '@tha4/core';

/**
 * A generator of its own for each number of a stream, so that what is drawn for number 7 does not depend on what was
 * drawn before: a run that goes on needs no state of a generator.
 *
 * @param seed unsigned 32-bit
 * @param stream keeps streams of the same seed apart
 */
export function randomOf(seed: number, stream: string, index: number): Random {
  let state = mix(mix(seed ^ hash(stream)) + Math.imul(index + 1, 0x9e3779b9));
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193);
  return value;
}

/** MurmurHash3's finaliser: neighbours come out unlike. */
function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
