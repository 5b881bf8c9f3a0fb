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

/** How much of a character's frames a smaller packing keeps. */
export interface Fidelity {
  /** Decibels over all frames; `null` when they are equal. */
  readonly psnr: number | null;
  /** Decibels of the worst frame; `null` when it is equal. */
  readonly worst: number | null;
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

/** Paints three poses with both characters and compares the frames, byte-exact frames being `null` decibels apart. */
export async function measureFidelity(
  original: Character,
  packed: Character,
  choice: EngineChoice,
  reporter: Reporter,
): Promise<Fidelity> {
  const progress = reporter.progress('Measuring', 2 * POSES.length);
  const painters = [
    await createPainter(original, choice, reporter.note),
    await createPainter(packed, choice, () => {}),
  ] as const;
  try {
    const errors: (readonly [string, number])[] = [];
    for (const [name, pose] of POSES) {
      if (reporter.signal.aborted) {
        throw new InterruptedError('Stopped while measuring; the output is written and complete.');
      }
      const [a, b] = await Promise.all(
        painters.map(async (painter) => {
          const image = await paintImage(painter, original, pose);
          progress.step();
          return premultipliedSrgb(image);
        }),
      );
      errors.push([name, meanSquaredError(a!, b!)]);
    }
    const mean = errors.reduce((sum, [, error]) => sum + error, 0) / errors.length;
    return {
      psnr: decibels(mean),
      worst: decibels(Math.max(...errors.map(([, error]) => error))),
      frames: errors.map(([pose, error]) => ({ pose, psnr: decibels(error) })),
      convention: QUALITY_CONVENTION,
      engine: painters[0].engine,
    };
  } finally {
    progress.stop();
    for (const painter of painters) await painter.dispose();
  }
}

function decibels(error: number): number | null {
  return error === 0 ? null : psnrOfError(error);
}
