import type { Brow } from '../find/brow.ts';
import { clamp } from '../smooth.ts';
import { type Canvas, sample } from './canvas.ts';
import { fillZone } from './fill.ts';

/** A brow, lifted off the face. */
export interface BrowLook {
  readonly middle: number;
  readonly half: number;
  /** Which way the nose is: 1 where it lies at higher columns. */
  readonly inwards: 1 | -1;
  /** How far it moves, pixels. */
  readonly reach: number;
  /** What the brow adds to the face (mostly below 0). */
  readonly stroke: Canvas;
  /** The face under it. */
  readonly under: Canvas;
  readonly top: number;
  readonly bottom: number;
}

/** What a brow does, weights 0..1. */
export interface BrowPose {
  readonly troubled: number;
  readonly angry: number;
  readonly lowered: number;
  readonly raised: number;
  readonly happy: number;
  readonly serious: number;
}

/** Takes one brow's parameters out of a pose. @param side 0: the character's left, 1: its right */
export function browPose(pose: ArrayLike<number>, side: 0 | 1): BrowPose {
  const [troubled, angry, lowered, raised, happy, serious] = [0, 2, 4, 6, 8, 10].map((left) => pose[left + side]!);
  return { troubled: troubled!, angry: angry!, lowered: lowered!, raised: raised!, happy: happy!, serious: serious! };
}

/** @param scale how large the face is, 1 where irises are 44 pixels apart */
export function browLook(rest: Canvas, brow: Brow, inwards: 1 | -1, scale: number): BrowLook {
  const { size } = rest;
  const under = fillZone(rest, brow.alpha, () => true);
  const data = rest.data.map((value, i) => (value - under.data[i]!) * brow.alpha[i >> 2]!);
  const rows = Array.from({ length: size }, (_, y) => brow.alpha.subarray(y * size, (y + 1) * size).some((a) => a > 0));
  const reach = 4.6 * scale;
  const first = rows.indexOf(true);
  return {
    middle: (brow.left + brow.right) / 2,
    half: Math.max((brow.right - brow.left) / 2, 4),
    inwards,
    reach,
    stroke: { size, data },
    under,
    top: first < 0 ? 1 : Math.max(Math.floor(first - reach - 4), 0),
    bottom: first < 0 ? 0 : Math.min(Math.ceil(rows.lastIndexOf(true) + reach + 4), size - 1),
  };
}

/** Moves a brow: the stroke is taken off the face and laid on again. */
export function paintBrow(look: BrowLook, pose: BrowPose, canvas: Canvas): void {
  if (Object.values(pose).every((value) => value === 0)) return;
  const { middle, half, inwards, reach, stroke, under, top, bottom } = look;
  const { size } = canvas;
  const there = new Float64Array(4);
  const below = new Float64Array(4);
  for (let x = Math.max(Math.floor(middle - half - 9), 0); x <= Math.min(middle + half + 9, size - 1); x++) {
    const dx = inwards * reach * (0.35 * pose.angry + 0.2 * pose.serious - 0.1 * pose.raised);
    // From -1 at the outer end to 1 at the inner one.
    const u = clamp((inwards * (x - dx - middle)) / half, -1.3, 1.3);
    const up = reach * rise(pose, u);
    for (let y = top; y <= bottom; y++) {
      const pixel = (y * size + x) * 4;
      sample(stroke, x - dx, y + up, there);
      sample(under, x - dx, y + up, below);
      for (let c = 0; c < 3; c++) {
        const bare = canvas.data[pixel + c]! - stroke.data[pixel + c]!;
        // A stroke darkens dark hair less than light skin.
        const share = below[c]! > 0 ? Math.min(bare / below[c]!, 1) : 1;
        canvas.data[pixel + c] = clamp(bare + there[c]! * share, 0, canvas.data[pixel + 3]!);
      }
    }
  }
}

/** How far up a brow goes, in its reach. */
function rise({ troubled, angry, lowered, raised, happy, serious }: BrowPose, u: number): number {
  const arch = 1 - u * u;
  return (
    raised * (0.85 + 0.25 * arch) -
    lowered * 0.75 +
    happy * (0.3 + 0.4 * arch) -
    serious * (0.35 + 0.2 * u) +
    troubled * (0.75 * u + 0.1) -
    angry * (0.75 * u + 0.1)
  );
}
