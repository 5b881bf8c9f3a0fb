import type { Figure } from './figure.ts';
import { type BodyPose, sourceOf } from './source-of.ts';

/** Pixels between two nodes: the motion is smooth, so it is worked out at few places and interpolated. */
const STEP = 4;

/** Flow at nodes every few pixels; node (0, 0) is the picture's corner, half a pixel from the first pixel's middle. */
export interface FlowGrid {
  readonly step: number;
  /** Nodes in a row. */
  readonly nodes: number;
  /** `[nodes, nodes, 2]` columns and rows to add, pixels. */
  readonly flow: Float32Array;
}

/** @returns `null` when nothing moves */
export function flowGrid(pose: BodyPose, figure: Figure, size: number): FlowGrid | null {
  if (Object.values(pose).every((value) => value === 0)) return null;
  const nodes = size / STEP + 1;
  const flow = new Float32Array(nodes * nodes * 2);
  const source = new Float64Array(2);
  for (let row = 0, at = 0; row < nodes; row++) {
    const y = row * STEP - 0.5;
    for (let column = 0; column < nodes; column++, at += 2) {
      const x = column * STEP - 0.5;
      sourceOf(pose, figure, x, y, source);
      flow[at] = source[0]! - x;
      flow[at + 1] = source[1]! - y;
    }
  }
  return { step: STEP, nodes, flow };
}
