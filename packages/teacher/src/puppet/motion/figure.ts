import type { FaceBoxes } from '../find/face-boxes.ts';
import { clamp } from '../smooth.ts';

/** Where head and body are in the picture, pixels (0 is the middle of the first pixel). */
export interface Figure {
  /** Column of the face's middle. */
  readonly centre: number;
  /** Row of the chin. */
  readonly chin: number;
}

/** The rule for pictures: the head stands in rows 64 to 192. */
const CHIN_BY_RULE = 192;

/** Reads the figure off its face; the rest follows from the rules for pictures. */
export function findFigure({ eyes, mouth }: FaceBoxes): Figure {
  const [a, b] = eyes;
  const middle = (left: number, right: number): number => (left + right - 1) / 2;
  return {
    centre: (middle(a.left, b.right) + middle(mouth.left, mouth.right)) / 2,
    chin: clamp(CHIN_BY_RULE, (mouth.top + mouth.bottom) / 2, mouth.bottom),
  };
}
