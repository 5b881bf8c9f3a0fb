import { Resvg } from '@resvg/resvg-js';

const SIZE = 512;
/** Each pixel is the mean of this many by this many. */
const FINENESS = 4;

/**
 * Renders an SVG document to 512x512 straight-alpha sRGB RGBA bytes.
 *
 * It is drawn 4 times as large and averaged in linear light with premultiplied alpha, so edges between colours stay
 * clean; where alpha is 0 the colour is 0 too.
 */
export function rasterize(svg: string): Uint8Array {
  const large = new Resvg(svg, { fitTo: { mode: 'width', value: SIZE * FINENESS }, font: { loadSystemFonts: false } });
  const { pixels } = large.render();
  const result = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) result.set(meanPixel(pixels, x, y), (y * SIZE + x) * 4);
  }
  return result;
}

function meanPixel(pixels: Uint8Array, x: number, y: number): [number, number, number, number] {
  let red = 0;
  let green = 0;
  let blue = 0;
  let alpha = 0;
  for (let row = 0; row < FINENESS; row++) {
    let at = ((y * FINENESS + row) * SIZE * FINENESS + x * FINENESS) * 4;
    for (let column = 0; column < FINENESS; column++, at += 4) {
      const cover = pixels[at + 3]!;
      red += cover * LINEAR[pixels[at]!]!;
      green += cover * LINEAR[pixels[at + 1]!]!;
      blue += cover * LINEAR[pixels[at + 2]!]!;
      alpha += cover;
    }
  }
  const opacity = Math.round(alpha / (FINENESS * FINENESS));
  if (opacity === 0) return [0, 0, 0, 0];
  return [encode(red / alpha), encode(green / alpha), encode(blue / alpha), opacity];
}

/** sRGB byte -> linear light 0..1; IEC 61966-2-1. */
const LINEAR: Float64Array = Float64Array.from({ length: 256 }, (_, byte) => {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
});

function encode(linear: number): number {
  return Math.round(255 * (linear <= 0.0031308 ? linear * 12.92 : 1.055 * linear ** (1 / 2.4) - 0.055));
}
