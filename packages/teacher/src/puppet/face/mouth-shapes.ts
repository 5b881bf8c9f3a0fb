/**
 * A mouth's opening around its middle. Lengths in its usual half width: the upper edge lies `up (1 - |u|^upBend)` above
 * the line between the corners, the lower one `down (1 - |u|^downBend)` below, u being -1..1 across.
 */
export interface MouthShape {
  readonly width: number;
  readonly up: number;
  readonly upBend: number;
  readonly down: number;
  readonly downBend: number;
  /** How much of the opening the upper teeth fill, 0..1. */
  readonly teeth: number;
}

/** The vowels, delta and smirk, in the order of the pose vector. */
export const MOUTH_SHAPES: readonly { readonly index: number; readonly shape: MouthShape }[] = [
  { index: 26, shape: { width: 1, up: 0.12, upBend: 4, down: 0.95, downBend: 3.2, teeth: 0.14 } },
  { index: 27, shape: { width: 1.08, up: 0.12, upBend: 5, down: 0.34, downBend: 4, teeth: 1 } },
  { index: 28, shape: { width: 0.5, up: 0.18, upBend: 2, down: 0.3, downBend: 2, teeth: 0 } },
  { index: 29, shape: { width: 1, up: 0.1, upBend: 4, down: 0.6, downBend: 3.4, teeth: 0.3 } },
  { index: 30, shape: { width: 0.64, up: 0.3, upBend: 2.2, down: 0.74, downBend: 2.2, teeth: 0 } },
  { index: 31, shape: { width: 0.66, up: 0.42, upBend: 1.15, down: 0.3, downBend: 5, teeth: 0 } },
  { index: 36, shape: { width: 1.12, up: -0.26, upBend: 2, down: 0.26, downBend: 2, teeth: 0 } },
];

/** The mean of shapes by their weights; what is left to 1 goes to `rest`. */
export function blendShapes(pose: ArrayLike<number>, rest: MouthShape): { shape: MouthShape; weight: number } {
  const sum = MOUTH_SHAPES.reduce((total, { index }) => total + pose[index]!, 0);
  const most = Math.max(sum, 1);
  const keys = Object.keys(rest) as (keyof MouthShape)[];
  const blended = Object.fromEntries(
    keys.map((key) => {
      let value = rest[key] * (1 - sum / most);
      for (const { index, shape } of MOUTH_SHAPES) value += (pose[index]! / most) * shape[key];
      return [key, value];
    }),
  );
  return { shape: blended as unknown as MouthShape, weight: Math.min(sum, 1) };
}
