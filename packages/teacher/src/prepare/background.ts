import type { RgbaImage } from '@tha4/core';
import { type Lab, labDistance, oklab } from './oklab.ts';

/** What lies behind a figure. */
export type Background =
  | { readonly kind: 'transparent' }
  /** One colour. */
  | { readonly kind: 'flat'; readonly colour: Lab }
  /** The pattern that programs show for transparency, baked into the picture. */
  | { readonly kind: 'checkerboard' }
  /** Anything else: a scene, a gradient, a photograph. */
  | { readonly kind: 'other' };

/** Share of the border's pixels that decide. */
const MOST = 0.75;
/** How far a pixel may be from the background's colour: compression and noise. */
export const TOLERANCE = 0.045;
/** Least saturation of a colour that is no grey. */
const GREY = 0.02;

/**
 * Tells what is behind a figure by the picture's left, top and right borders; the figure may leave through the bottom.
 */
export function findBackground(image: RgbaImage): Background {
  const border = borderColours(image);
  if (border.transparent >= 0.5 * border.count) return { kind: 'transparent' };
  const first = mostCommon(border.colours);
  if (first === null) return { kind: 'transparent' };
  const rest = border.colours.filter((colour) => labDistance(colour, first) > TOLERANCE);
  if (rest.length <= (1 - MOST) * border.colours.length) return { kind: 'flat', colour: first };
  const second = mostCommon(rest)!;
  const others = rest.filter((colour) => labDistance(colour, second) > TOLERANCE).length;
  const grey = Math.hypot(first[1], first[2]) < GREY && Math.hypot(second[1], second[2]) < GREY;
  const squares = grey && others <= (1 - MOST) * border.colours.length && rest.length > 0.2 * border.colours.length;
  return squares ? { kind: 'checkerboard' } : { kind: 'other' };
}

function borderColours({ width, height, data }: RgbaImage) {
  const colours: Lab[] = [];
  let transparent = 0;
  let count = 0;
  const look = (x: number, y: number) => {
    const p = (y * width + x) * 4;
    count++;
    if (data[p + 3]! < 128) transparent++;
    else colours.push(oklab(data[p]!, data[p + 1]!, data[p + 2]!));
  };
  for (let x = 0; x < width; x++) look(x, 0);
  for (let y = 1; y < height; y++) {
    look(0, y);
    if (width > 1) look(width - 1, y);
  }
  return { colours, transparent, count };
}

/** Mean of the fullest cell and its neighbourhood. */
function mostCommon(colours: readonly Lab[]): Lab | null {
  const cells = new Map<string, Lab[]>();
  for (const colour of colours) {
    const key = colour.map((value) => Math.round(value / TOLERANCE)).join();
    cells.set(key, [...(cells.get(key)?.slice(-200) ?? []), colour]);
  }
  const fullest = [...cells.values()].sort((p, q) => q.length - p.length)[0];
  if (fullest === undefined) return null;
  const mean = (c: 0 | 1 | 2) => fullest.reduce((sum, colour) => sum + colour[c], 0) / fullest.length;
  return [mean(0), mean(1), mean(2)];
}
