import { POSE, POSE_SIZE } from '../pose/names.ts';
import { followLine } from '../smoothing/follow-line.ts';
import { PART_OF_POSE, PARTS } from './parts.ts';
import type { DriverSettings } from './settings.ts';

/** How late each part may be, in intervals between two samples: brows, eyes, gaze, mouth, head. */
const LATENESS = [0.35, 0.15, 0.25, 0.25, 0.35] as const;
/** How much later a body follows its head. */
const BODY_MS = 110;
const SHORTEST_MS = 8;
const LONGEST_MS = 100;

/**
 * Glides from sample to sample, so that a screen of 60 or 120 Hz shows no steps with a camera of 30; exact for any
 * draw rate. Also takes the jump out of a face that comes back elsewhere.
 */
export class Follow {
  readonly value: Float64Array = new Float64Array(POSE_SIZE);
  /** Where the target was at the last step. */
  readonly #from = new Float64Array(POSE_SIZE);
  #interval = 33;
  #sampleMs = Number.NaN;
  #returning = 0;

  /** A new sample's time: learns how often they come. */
  sampled(timeMs: number): void {
    const gap = timeMs - this.#sampleMs;
    this.#sampleMs = timeMs;
    if (gap > 0) this.#interval += 0.2 * (Math.min(LONGEST_MS, Math.max(SHORTEST_MS, gap)) - this.#interval);
  }

  /** Takes a pose at once. */
  jump(target: Float64Array): void {
    this.value.set(target);
    this.#from.set(target);
    this.#returning = 0;
  }

  /** From now on, for `returnMs`, go slowly to what may be far away. */
  glide(returnMs: number): void {
    this.#returning = returnMs;
  }

  advance(deltaMs: number, target: Float64Array, settings: DriverSettings): void {
    const slow = 0.3 * this.#returning;
    this.#returning = Math.max(0, this.#returning - deltaMs);
    for (let i = 0; i < POSE_SIZE; i++) {
      const part = PART_OF_POSE[i]!;
      if (part < 0) continue;
      const amount = Math.min(2, settings.smoothing[PARTS[part]!]);
      const body = i === POSE.body_y || i === POSE.body_z ? BODY_MS : 0;
      const tau = Math.max(slow, amount * (LATENESS[part]! * this.#interval + body));
      // Close enough is there: a pose at rest does not change, and need not be drawn again.
      if (Math.abs(target[i]! - this.value[i]!) < 1e-6) this.value[i] = target[i]!;
      else if (deltaMs > 0) this.value[i] = followLine(this.value[i]!, this.#from[i]!, target[i]!, tau / deltaMs);
    }
    if (deltaMs > 0) this.#from.set(target);
  }
}
