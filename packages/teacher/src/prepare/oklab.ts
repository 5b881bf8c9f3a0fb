import { type RgbaImage, srgbToLinear } from '@tha4/core';

/** A picture in OKLab, where distances are about what an eye sees. Each plane is `[height, width]`, row-major. */
export interface LabPlanes {
  readonly width: number;
  readonly height: number;
  /** Lightness, 0 black to 1 white. */
  readonly l: Float32Array;
  /** Green to red, about -0.3 to 0.3. */
  readonly a: Float32Array;
  /** Blue to yellow, about -0.3 to 0.3. */
  readonly b: Float32Array;
  /** Opacity, 0 to 1. */
  readonly alpha: Float32Array;
}

/** One colour in OKLab: lightness, green to red, blue to yellow. */
export type Lab = readonly [l: number, a: number, b: number];

/**
 * One sRGB colour in OKLab.
 *
 * Source: Björn Ottosson, "A perceptual color space for image processing", 2020.
 */
export function oklab(red: number, green: number, blue: number): Lab {
  const r = LINEAR[red]!;
  const g = LINEAR[green]!;
  const b = LINEAR[blue]!;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

/** A picture's straight colours in OKLab, and its alpha. */
export function labPlanes({ width, height, data }: RgbaImage): LabPlanes {
  const count = width * height;
  const [l, a, b, alpha] = Array.from({ length: 4 }, () => new Float32Array(count)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (let i = 0, p = 0; i < count; i++, p += 4) {
    [l[i], a[i], b[i]] = oklab(data[p]!, data[p + 1]!, data[p + 2]!);
    alpha[i] = data[p + 3]! / 255;
  }
  return { width, height, l, a, b, alpha };
}

/** How different two colours look; 0.02 is just visible, black and white are 1 apart. */
export function labDistance([l, a, b]: Lab, [m, c, d]: Lab): number {
  return Math.hypot(l - m, a - c, b - d);
}

const LINEAR = Float64Array.from({ length: 256 }, (_, byte) => srgbToLinear(byte / 255));
