import { type Eye, lowerRow } from '../find/eye.ts';
import { colourAt, difference, type FacePixels, lightness } from '../find/face-pixels.ts';
import { rowAt } from '../find/parabola.ts';
import { clamp, smoothStep } from '../smooth.ts';
import { type Canvas, linearColour } from './canvas.ts';
import { fillZone } from './fill.ts';

/** An eye, with what painting it needs ready. */
export interface EyeLook {
  readonly eye: Eye;
  /** Middle column, half the width, and height in the middle, from lash line to lower lid. */
  readonly middle: number;
  readonly half: number;
  readonly height: number;
  /** The face without this eye. */
  readonly lid: Canvas;
  /** How much a pixel belongs to the eye, 0..1, `[size, size]`. */
  readonly zone: Float32Array;
  /** How much a pixel is upper, and lower lash, 0..1. */
  readonly upperLash: Float32Array;
  readonly lowerLash: Float32Array;
  /** How much a pixel is iris, 0..1. */
  readonly iris: Float32Array;
  /** Colours in linear light. */
  readonly lashColour: readonly number[];
  readonly white: readonly number[];
}

/** @param inwards which way the nose is: 1 where it lies at higher columns */
export function eyeLook(face: FacePixels, rest: Canvas, eye: Eye, inwards: 1 | -1): EyeLook {
  const { size } = face;
  const middle = (eye.left + eye.right) / 2;
  const half = (eye.right - eye.left) / 2;
  const height = eye.bottom - rowAt(eye.upper, middle);
  const zone = new Float32Array(size * size);
  const upperLash = new Float32Array(size * size);
  const lowerLash = new Float32Array(size * size);
  const iris = new Float32Array(size * size);
  const skinLight = lightness(face.skin);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const pixel = y * size + x;
      // Hair hangs at the outer corner; at the inner one lashes may go on.
      const margin = inwards * (x - middle) > 0 ? 1.5 : 0.2;
      const across = 1 - smoothStep(half + margin, half + margin + 2.6, Math.abs(x - middle));
      if (across === 0) continue;
      const upper = rowAt(eye.upper, x);
      const fromTop = y - eye.lashTop[x]!;
      // Past the corners the lower edge would run up over the upper one.
      const fromLower = y - Math.max(lowerRow(eye, x), upper + 2);
      // Lashes may run down along the corners.
      const fromCorner = y - (eye.bottom - 0.4 * height);
      const below = smoothStep(-1.7, -0.4, fromTop);
      // A rim as pale as skin goes with the eye; what is strange further down (glasses) stays.
      const isStrange = smoothStep(0.18, 0.28, face.unlikeSkin[pixel]!);
      const deep = Math.min(fromLower, fromCorner);
      zone[pixel] = across * below * (1 - smoothStep(3 - 2 * isStrange, 5 - 2.6 * isStrange, deep));
      const dark = clamp((skinLight - face.light[pixel]! - 0.04) / 0.16, 0, 1);
      upperLash[pixel] = dark * across * below * (1 - smoothStep(eye.lash, eye.lash + 1.2, y - upper));
      const fromIris = Math.hypot((x - eye.irisX) / eye.radiusX, (y - eye.irisY) / eye.radiusY);
      const isColoured = smoothStep(0.04, 0.12, difference(colourAt(face.rgb, pixel), eye.white));
      iris[pixel] = fromIris < 0.95 ? 1 : isColoured * (1 - smoothStep(1.5, 1.9, fromIris));
      lowerLash[pixel] =
        (1 - iris[pixel]!) * dark * across * smoothStep(-0.6, 0.4, fromLower) * (1 - smoothStep(1.2, 2.6, fromLower));
    }
  }
  const isSkin = (pixel: number): boolean => face.unlikeSkin[pixel]! < 0.09;
  return {
    eye,
    middle,
    half,
    height,
    lid: fillZone(rest, zone, isSkin),
    zone,
    upperLash,
    lowerLash,
    iris,
    lashColour: linearColour(eye.lashColour),
    white: linearColour(eye.white),
  };
}
