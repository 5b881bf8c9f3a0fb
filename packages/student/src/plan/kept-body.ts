import { FACE_POSE_SIZE, POSE_PARAMETERS, type PoseGroup } from '@tha4/core';
import type { Quality } from '../quality.ts';

/**
 * How far the face may have moved since the body's outputs were kept, as `wayOfFace` counts: half a vowel, or an eighth of
 * a blink. Chosen so that all characters that were measured keep 45 dB (`docs/quality.md`).
 */
export const LONGEST_WAY = 0.5;

/** How much of the body depends on a parameter. */
const GROUP_WEIGHTS: Readonly<Partial<Record<PoseGroup, number>>> = { eyebrow: 1, eye: 2, mouth: 1, iris: 0.25 };
const WEIGHTS: readonly number[] = POSE_PARAMETERS.slice(0, FACE_POSE_SIZE).map(({ group }) => GROUP_WEIGHTS[group]!);

/** How far two poses' faces are apart: the weighed sum over their parameters. A vowel is 1, a blink of both eyes 4. */
export function wayOfFace(from: Float32Array, to: Float32Array): number {
  return WEIGHTS.reduce((sum, weight, i) => sum + weight * Math.abs(to[i]! - from[i]!), 0);
}

/** How a frame gets its body: with its outputs kept, or these at half the size and kept; or from those that were kept. */
export type WayOfBody = 'kept' | 'half' | 'warp';

/** For which pose the body's outputs were kept, and what they are good for. */
export class KeptBody {
  #pose: Float32Array | null = null;
  #quality: 'reuse' | 'half' = 'reuse';

  /** What a frame from these outputs is. */
  get quality(): 'reuse' | 'half' {
    return this.#quality;
  }

  keep(pose: Float32Array, quality: 'reuse' | 'half'): void {
    this.#pose = pose.slice();
    this.#quality = quality;
  }

  forget(): void {
    this.#pose = null;
  }

  /** Chooses how to paint a frame. What a frame other than `warp` writes over is forgotten. */
  wayTo(pose: Float32Array, quality: Quality): WayOfBody {
    if (this.serves(pose, quality)) return 'warp';
    this.forget(); // until the new ones are there
    return quality === 'half' ? 'half' : 'kept';
  }

  /** Notes that a frame has been painted. @returns what it is */
  painted(pose: Float32Array, way: WayOfBody): Quality {
    if (way === 'warp') return this.#quality;
    this.keep(pose, way === 'half' ? 'half' : 'reuse');
    return way === 'half' ? 'half' : 'exact';
  }

  /** Whether the outputs do for a pose: the body has not moved, and the face not far. */
  serves(pose: Float32Array, quality: Quality): boolean {
    const kept = this.#pose;
    if (kept === null || (quality !== 'half' && quality !== this.#quality)) return false;
    if (wayOfFace(kept, pose) > LONGEST_WAY) return false;
    return pose.subarray(FACE_POSE_SIZE).every((value, i) => value === kept[FACE_POSE_SIZE + i]);
  }
}
