import {
  type Character,
  meanSquaredError,
  parsePose,
  premultipliedSrgb,
  presetPose,
  psnrOfError,
  QUALITY_CONVENTION,
} from '@tha4/core';
import { InterruptedError } from '../errors.ts';
import type { Reporter } from '../io.ts';
import { createPainter, type EngineChoice, paintImage } from './painter.ts';

/** How much of a character's frames a smaller packing keeps. Every number is decibels, `null` where nothing differs. */
export interface Fidelity {
  /** Over all frames. */
  readonly psnr: number | null;
  /** Of the worst frame. */
  readonly worst: number | null;
  /** Over all frames, only where there is a figure: the empty background, which is always right, does not count. */
  readonly figure: number | null;
  readonly frames: readonly { readonly pose: string; readonly psnr: number | null }[];
  readonly convention: string;
  readonly engine: string;
}

/** At rest; the face at work; the head and body turned: what the weights do, in three frames. */
const POSES: readonly (readonly [string, Float32Array])[] = [
  ['neutral', presetPose('neutral')],
  ['smile', presetPose('smile')],
  [
    'turned',
    parsePose({ head_x: 0.4, head_y: -0.7, neck_z: 0.4, body_y: -0.5, body_z: 0.3, breathing: 0.5, mouth_aaa: 0.8 }),
  ],
];

/** From which pose on something moves. */
const MOVING = 1;

/** A pixel of less alpha than this in both frames is background. */
const LEAST_ALPHA = 0.01;

/** Compares packings with one original, whose frames are painted once. */
export interface FidelityMeter {
  readonly measure: (packed: Character) => Promise<Fidelity>;
  /** Mean squared error of the two frames in which something moves; quicker. */
  readonly error: (packed: Character) => Promise<number>;
}

/** @param kept what is true when the user stops it, e.g. `nothing was written` */
export async function createFidelityMeter(
  original: Character,
  choice: EngineChoice,
  kept: string,
  reporter: Reporter,
): Promise<FidelityMeter> {
  const paint = async (character: Character, from: number, note: (line: string) => void) => {
    const painter = await createPainter(character, choice, note);
    try {
      const frames: Float32Array[] = [];
      for (const [, pose] of POSES.slice(from)) {
        if (reporter.signal.aborted) throw new InterruptedError(`Stopped while measuring; ${kept}.`);
        frames.push(premultipliedSrgb(await paintImage(painter, original, pose)));
      }
      return { frames, engine: painter.engine };
    } finally {
      await painter.dispose();
    }
  };
  const reference = await paint(original, 0, reporter.note);
  return {
    measure: async (packed) => {
      const { frames } = await paint(packed, 0, () => {});
      const differences = frames.map((frame, i) => difference(reference.frames[i]!, frame));
      const sum = (of: (d: Difference) => number): number => differences.reduce((total, d) => total + of(d), 0);
      const each = differences.map(({ squares, values }) => squares / values);
      return {
        psnr: decibels(sum((d) => d.squares) / sum((d) => d.values)),
        worst: decibels(Math.max(...each)),
        figure: decibels(sum((d) => d.squares) / sum((d) => d.figureValues)),
        frames: POSES.map(([pose], i) => ({ pose, psnr: decibels(each[i]!) })),
        convention: QUALITY_CONVENTION,
        engine: reference.engine,
      };
    },
    error: async (packed) => {
      const { frames } = await paint(packed, MOVING, () => {});
      const errors = frames.map((frame, i) => meanSquaredError(reference.frames[i + MOVING]!, frame));
      return errors.reduce((sum, error) => sum + error, 0) / errors.length;
    },
  };
}

interface Difference {
  /** Sum of squared differences. */
  readonly squares: number;
  readonly values: number;
  /** How many of the values belong to the figure. */
  readonly figureValues: number;
}

function difference(a: Float32Array, b: Float32Array): Difference {
  let squares = 0;
  let figureValues = 0;
  for (let i = 0; i < a.length; i += 4) {
    for (let c = i; c < i + 4; c++) squares += (a[c]! - b[c]!) ** 2;
    if (a[i + 3]! > LEAST_ALPHA || b[i + 3]! > LEAST_ALPHA) figureValues += 4;
  }
  return { squares, values: a.length, figureValues };
}

function decibels(error: number): number | null {
  return error > 0 ? psnrOfError(error) : null;
}
