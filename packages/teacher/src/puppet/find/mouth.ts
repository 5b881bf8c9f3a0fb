import { clamp } from '../smooth.ts';
import type { Box } from './face-boxes.ts';
import { type Colour, colourAt, type FacePixels, lightness, medianColour } from './face-pixels.ts';
import { islands } from './islands.ts';
import type { LikelyPlace } from './likely-places.ts';

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
export function findMouth(face: FacePixels, box: Box, place: LikelyPlace): Mouth {
  const { size, unlikeSkin, rgb, skin } = face;
  const width = box.right - box.left;
  const strange = (x: number, y: number): number => clamp((unlikeSkin[y * size + x]! - 0.04) / 0.12, 0, 1);
  const { left, top, right, bottom } = mouthIsland(box, place, (x, y) => strange(x, y) > 0.3);
  const isOpen = bottom - top >= 4;
  const colours = (isMeant: (light: number) => boolean): Colour | null =>
    medianColour(rgb, size, (x, y) => {
      if (x < left || x > right || y < top || y > bottom || strange(x, y) < 0.5) return false;
      return isMeant(lightness(colourAt(rgb, y * size + x)));
    });
  const light = lightness(skin);
  let darkest = light - 0.19;
  for (let y = top; y <= bottom; y++) {
    for (let x = Math.ceil(left); x <= right; x++) darkest = Math.min(darkest, face.light[y * size + x]!);
  }
  return {
    x: (left + right) / 2,
    y: isOpen ? top + 1 : (top + bottom) / 2,
    halfWidth: clamp((right - left) / 2, width * 0.09, width * 0.22),
    top,
    bottom,
    isOpen,
    lineColour: colours((value) => value < darkest + 0.07) ?? [skin[0] * 0.6, skin[1] * 0.4, skin[2] * 0.38],
    inside: (isOpen ? insideColour(face, { left, top, right, bottom }) : null) ?? [0.8, 0.42, 0.42],
  };
}

/** The usual colour of the more colourful half of what is not skin: not of lines, teeth and soft edges. */
function insideColour(face: FacePixels, { left, top, right, bottom }: Box): Colour | null {
  const { rgb, size, unlikeSkin } = face;
  const spread = (x: number, y: number): number => {
    const colour = colourAt(rgb, y * size + x);
    return unlikeSkin[y * size + x]! < 0.14 ? -1 : Math.max(...colour) - Math.min(...colour);
  };
  const all: number[] = [];
  for (let y = top; y <= bottom; y++) for (let x = Math.ceil(left); x <= right; x++) all.push(spread(x, y));
  const strong = all.filter((value) => value >= 0).sort((a, b) => a - b);
  const half = strong[strong.length >> 1];
  if (half === undefined) return null;
  return medianColour(rgb, size, (x, y) => {
    return x >= left && x <= right && y >= top && y <= bottom && spread(x, y) >= half;
  });
}

/**
 * The island of what is not skin that is likeliest a mouth: near the middle, in the upper part of the box, and not part
 * of what reaches into the box (the jaw, the neck, hair). A line that is drawn in pieces is put together.
 */
function mouthIsland(box: Box, place: LikelyPlace, isStrange: (x: number, y: number) => boolean): Box {
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const all = islands(box, isStrange).filter(
    ({ left, top, right, bottom }) =>
      left > box.left && right < box.right - 1 && bottom < box.bottom - 1 && bottom - top < 0.6 * height,
  );
  let best: Box = { left: place.x - 0.12 * width, right: place.x + 0.12 * width, top: place.y, bottom: place.y + 1 };
  let most = 0.5;
  for (const seed of all) {
    let { left, top, right, bottom, area } = seed;
    for (const other of all) {
      const beside = other.top <= bottom + 1 && other.bottom >= top - 1 && other !== seed;
      const apart = Math.max(other.left - right, left - other.right);
      if (!beside || apart > 0.16 * width || apart < 0) continue;
      left = Math.min(left, other.left);
      right = Math.max(right, other.right);
      top = Math.min(top, other.top);
      bottom = Math.max(bottom, other.bottom);
      area += other.area;
    }
    const aside = ((left + right) / 2 - place.x) / (1.1 * place.reachX);
    const off = ((top + bottom) / 2 - place.y) / (1.2 * place.reachY);
    const score = Math.min(area, 30) * Math.exp(-aside * aside - off * off);
    if (score > most) {
      most = score;
      best = { left, top, right, bottom };
    }
  }
  return { ...best, top: Math.round(best.top), bottom: Math.round(best.bottom) };
}
