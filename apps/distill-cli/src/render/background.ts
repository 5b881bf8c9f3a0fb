import { UsageError } from '../errors.ts';

/** R, G, B bytes, sRGB. */
export type Colour = readonly [number, number, number];

const NAMES: Readonly<Record<string, Colour>> = {
  white: [255, 255, 255],
  black: [0, 0, 0],
  grey: [128, 128, 128],
  gray: [128, 128, 128],
  red: [255, 0, 0],
  green: [0, 255, 0], // what a chroma key wants; the web's `green` is darker
  blue: [0, 0, 255],
  magenta: [255, 0, 255],
};

/** Reads `--background`. @returns `null` for `transparent` @throws {UsageError} */
export function parseColour(text: string): Colour | null {
  const name = text.trim().toLowerCase();
  if (name === 'transparent' || name === 'none') return null;
  const [, short, long] = /^#(?:([0-9a-f]{3})|([0-9a-f]{6}))$/.exec(name) ?? [];
  const digits = long ?? short?.replace(/./g, '$&$&');
  if (digits !== undefined) {
    const [red, green, blue] = digits.match(/../g)!.map((pair) => Number.parseInt(pair, 16));
    return [red!, green!, blue!];
  }
  const colour = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (colour === undefined) {
    throw new UsageError(
      `--background: expected 'transparent', #rrggbb or one of ${Object.keys(NAMES).join(', ')}, got '${text}'`,
    );
  }
  return colour;
}
