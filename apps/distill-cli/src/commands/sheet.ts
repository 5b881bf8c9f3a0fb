import { encodePng, modelToImage } from '@tha4/core';
import type { PreparedTeacher } from '@tha4/teacher';
import { InterruptedError, UsageError } from '../errors.ts';
import { guardFile } from '../files/guard-output.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { Reporter } from '../io.ts';
import type { Colour } from '../render/background.ts';
import { withThreads } from '../render/node-threads.ts';
import { chooseSitting, type SittingChoice } from '../sheet/choose-teacher.ts';
import { ContactSheet } from '../sheet/contact-sheet.ts';
import { type SheetPose, sheetPoses } from '../sheet/sheet-poses.ts';

export interface SheetConfig extends SittingChoice {
  readonly out: string;
  readonly background: Colour;
  readonly threads: number;
  readonly force: boolean;
}

export interface SheetResult {
  readonly command: 'sheet';
  readonly name: string;
  readonly out: string;
  /** Name of the teacher that posed the picture. */
  readonly teacher: string;
  readonly poses: number;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
}

/** Poses a picture through every parameter, and lays the frames on one labelled sheet. */
export async function sheet(config: SheetConfig, reporter: Reporter): Promise<SheetResult> {
  if (!/\.png$/i.test(config.out)) throw new UsageError(`--out: expected a name ending in .png, got ${config.out}`);
  const sitting = await chooseSitting(config, reporter);
  await guardFile(config.out, ['png'], sitting.sources, config.force);
  const { teacher, prepared } = await withThreads(config.threads, reporter.note, async (threads) => {
    const chosen = sitting.teacher(threads);
    return { teacher: chosen, prepared: await chosen.prepare(sitting.image, sitting.mask) };
  });
  const poses = sheetPoses();
  const paper = new ContactSheet(config.background);
  try {
    await poseAll(prepared, poses, paper, reporter);
  } finally {
    await sitting.dispose();
  }
  const image = paper.image();
  const png = encodePng(image);
  await writeAtomic(config.out, png);
  return {
    command: 'sheet',
    name: sitting.name,
    out: config.out,
    teacher: teacher.info.name,
    poses: poses.length,
    width: image.width,
    height: image.height,
    bytes: png.length,
  };
}

async function poseAll(
  prepared: PreparedTeacher,
  poses: readonly SheetPose[],
  paper: ContactSheet,
  reporter: Reporter,
): Promise<void> {
  const progress = reporter.progress('Posing', poses.length);
  try {
    for (const [done, { label, pose, view }] of poses.entries()) {
      if (reporter.signal.aborted) {
        throw new InterruptedError(`Stopped after ${done} of ${poses.length} poses; nothing was written.`);
      }
      const { posed, size } = await prepared.pose([pose], reporter.signal);
      await paper.add(label, view, modelToImage(posed, size, size));
      progress.step();
    }
  } finally {
    progress.stop();
    await prepared.dispose();
  }
}
