import { ease } from '../mapping/ramp.ts';
import { hash, smoothNoise } from './noise.ts';

/** Mean time that the eyes rest on a thing. */
const REST_MS = 1900;
/** How long the eyes take to jump to the next. */
const JUMP_MS = 70;
/** How long the head takes to follow. */
const TURN_MS = 800;

/** Where eyes or head look: `x` + up, `y` + to the character's own right, -1..1. */
export interface Look {
  x: number;
  y: number;
}

/** Where the eyes wander: rests with quick jumps between them, a little drift, mostly near the middle. Fills `out`. */
export function eyeGlance(timeMs: number, seed: number, out: Look): Look {
  follow(timeMs, JUMP_MS, seed, out);
  out.x += 0.03 * smoothNoise(seed, 11, timeMs / 400);
  out.y += 0.03 * smoothNoise(seed, 12, timeMs / 400);
  return out;
}

/** The same glances as a head follows them: slowly. Fills `out`. */
export function headGlance(timeMs: number, seed: number, out: Look): Look {
  return follow(timeMs, TURN_MS, seed, out);
}

/** Goes from target to target; `moveMs` is how long each way takes. */
function follow(timeMs: number, moveMs: number, seed: number, out: Look): Look {
  const slot = Math.floor(timeMs / REST_MS);
  const begin = (slot + 0.5 * hash(seed, 10, slot)) * REST_MS;
  const moved = ease((timeMs - begin) / moveMs);
  out.x = target(slot - 1, 7, seed) * (1 - moved) + target(slot, 7, seed) * moved;
  out.y = target(slot - 1, 8, seed) * (1 - moved) + target(slot, 8, seed) * moved;
  return out;
}

/** A third of the glances go far, the others stay near the middle; up and down less than sideways. */
function target(slot: number, stream: number, seed: number): number {
  const reach = hash(seed, 9, slot) < 0.33 ? 0.65 : 0.18;
  return (2 * hash(seed, stream, slot) - 1) * reach * (stream === 7 ? 0.5 : 1);
}
