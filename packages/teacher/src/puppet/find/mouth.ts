import { clamp } from '../smooth.ts';
import type { Box } from './face-boxes.ts';
import { type Colour, colourAt, type FacePixels, lightness, medianColour } from './face-pixels.ts';

/** A mouth, in pixels of the face crop. */
export interface Mouth {
  /** Middle of the line between the lips, or of the opening. */
  readonly x: number;
  readonly y: number;
  readonly halfWidth: number;
  /** First and last row that is not skin. */
  readonly top: number;
  readonly bottom: number;
  /** Whether it is drawn open. */
  readonly isOpen: boolean;
  readonly lineColour: Colour;
  /** Colour inside. */
  readonly inside: Colour;
}

/** Looks for a mouth in a box that holds it and the jaw, the mouth above. Coordinates are the crop's. */
export function findMouth(face: FacePixels, box: Box): Mouth {
  const { size, unlikeSkin, rgb, skin } = face;
  const boxX = (box.left + box.right - 1) / 2;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const strange = (x: number, y: number): number => clamp((unlikeSkin[y * size + x]! - 0.04) / 0.12, 0, 1);
  const row = (y: number, cx: number, reach: number): number => {
    let sum = 0;
    for (let x = Math.ceil(cx - reach); x <= cx + reach; x++) sum += strange(x, y);
    return sum;
  };
  // The chin's line is in the box too, lower and wider: rows near the upper third are likelier.
  let seed = Math.round(box.top + height * 0.35);
  let most = 0;
  for (let y = box.top; y < box.top + height * 0.68; y++) {
    const likely = Math.exp(-(((y - box.top) / height - 0.33) ** 2) / 0.09);
    const value = row(y, boxX, width * 0.2) * likely;
    if (value > most) {
      most = value;
      seed = y;
    }
  }
  const enough = Math.max(row(seed, boxX, width * 0.2) * 0.22, 0.8);
  let top = seed;
  let bottom = seed;
  while (top > box.top && row(top - 1, boxX, width * 0.2) > enough) top--;
  while (bottom < box.top + height * 0.75 && row(bottom + 1, boxX, width * 0.2) > enough) bottom++;
  const column = (x: number): number => {
    let sum = 0;
    for (let y = top; y <= bottom; y++) sum = Math.max(sum, strange(x, y));
    return sum;
  };
  const reach = (step: 1 | -1): number => {
    let missed = 0;
    let last = 0;
    for (let d = 0; d < width * 0.42; d++) {
      if (column(Math.round(boxX + step * d)) > 0.3) {
        last = d;
        missed = 0;
      } else if (++missed > 3 && d > 3) break;
    }
    return last;
  };
  const left = boxX - reach(-1);
  const right = boxX + reach(1);
  const isOpen = bottom - top >= 4;
  const colours = (isMeant: (light: number) => boolean): Colour | null =>
    medianColour(rgb, size, (x, y) => {
      if (x < left || x > right || y < top || y > bottom || strange(x, y) < 0.5) return false;
      return isMeant(lightness(colourAt(rgb, y * size + x)));
    });
  const light = lightness(skin);
  return {
    x: (left + right) / 2,
    y: isOpen ? top + 1 : (top + bottom) / 2,
    halfWidth: clamp((right - left) / 2, width * 0.09, width * 0.22),
    top,
    bottom,
    isOpen,
    lineColour: colours((value) => value < light - 0.12) ?? [skin[0] * 0.6, skin[1] * 0.4, skin[2] * 0.38],
    inside: (isOpen ? colours((value) => value < light - 0.05) : null) ?? [0.72, 0.34, 0.36],
  };
}
