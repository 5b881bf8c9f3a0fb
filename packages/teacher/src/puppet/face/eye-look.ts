import type { Eye } from '../find/eye.ts';
import { type FacePixels, lightness } from '../find/face-pixels.ts';
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
  /** Colours in linear light. */
  readonly lashColour: readonly number[];
  readonly white: readonly number[];
}

export function eyeLook(face: FacePixels, rest: Canvas, eye: Eye): EyeLook {
  const { size } = face;
  const middle = (eye.left + eye.right) / 2;
  const half = (eye.right - eye.left) / 2;
  const height = rowAt(eye.lower, middle) - rowAt(eye.upper, middle);
  const zone = new Float32Array(size * size);
  const upperLash = new Float32Array(size * size);
  const lowerLash = new Float32Array(size * size);
  const skinLight = lightness(face.skin);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const pixel = y * size + x;
      const across = 1 - smoothStep(half + 0.5, half + 3.5, Math.abs(x - middle));
      if (across === 0) continue;
      const fromUpper = y - rowAt(eye.upper, x);
      // Past the corners the lower edge would run up over the upper one.
      const fromLower = y - Math.max(rowAt(eye.lower, x), rowAt(eye.upper, x) + 2);
      zone[pixel] =
        across * smoothStep(-eye.lash - 3, -eye.lash - 1, fromUpper) * (1 - smoothStep(1.5, 3.5, fromLower));
      const dark = clamp((skinLight - face.light[pixel]! - 0.05) / 0.2, 0, 1);
      upperLash[pixel] =
        dark *
        across *
        smoothStep(-eye.lash - 2.5, -eye.lash - 0.5, fromUpper) *
        (1 - smoothStep(eye.lash, eye.lash + 1.2, fromUpper));
      lowerLash[pixel] = dark * across * smoothStep(-0.6, 0.4, fromLower) * (1 - smoothStep(1.2, 2.6, fromLower));
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
    lashColour: linearColour(eye.lashColour),
    white: linearColour(eye.white),
  };
}
