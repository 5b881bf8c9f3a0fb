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

/** Whether two poses differ in the face's parameters, and in nothing else. */
function onlyFaceMoves(from: Float32Array, to: Float32Array): boolean {
  return bodyRests(from, to) && from.some((value, i) => value !== to[i]);
}

/**
 * Whether a GPU is to keep the body's outputs, which takes one more pass and their room: a worse quality wants them, or
 * the body does not see the face that moves alone.
 *
 * @param before the last frame's pose; `null`: there is none
 */
export function keepsBody(
  quality: Quality,
  seesFace: boolean,
  before: Float32Array | null,
  pose: Float32Array,
): boolean {
  return quality !== 'exact' || (!seesFace && before !== null && onlyFaceMoves(before, pose));
}

/** For which pose the body's outputs were kept, and what they are good for. */
export class KeptBody {
  readonly #seesFace: boolean;
  #pose: Float32Array | null = null;
  #quality: 'reuse' | 'half' = 'reuse';

  /** @param seesFace see `bodySeesFace`; where it is false, outputs are as exact for any other face as for their own */
  constructor(seesFace: boolean) {
    this.#seesFace = seesFace;
  }

  /** What a frame from these outputs is. */
  get quality(): Quality {
    return this.#quality === 'reuse' && !this.#seesFace ? 'exact' : this.#quality;
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
    if (way === 'warp') return this.quality;
    this.keep(pose, way === 'half' ? 'half' : 'reuse');
    return way === 'half' ? 'half' : 'exact';
  }

  /** Whether the outputs do for a pose: the body has not moved, and the face not far. */
  serves(pose: Float32Array, quality: Quality): boolean {
    const kept = this.#pose;
    if (kept === null || !bodyRests(kept, pose)) return false;
    if (quality !== 'half' && quality !== this.#quality && quality !== this.quality) return false;
    return !this.#seesFace || wayOfFace(kept, pose) <= LONGEST_WAY;
  }
}

function bodyRests(from: Float32Array, to: Float32Array): boolean {
  return from.every((value, i) => i < FACE_POSE_SIZE || value === to[i]);
}
