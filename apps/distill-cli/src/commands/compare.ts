import {
  encodePng,
  FRAME_SIZE,
  ImageError,
  imageQuality,
  modelToImage,
  QUALITY_CONVENTION,
  type RgbaImage,
} from '@tha4/core';
import { comparison, type HeldOutPose, heldOutPoses, MOST_DECIBELS, meanQuality } from '@tha4/teacher/distill';
import { InterruptedError, UsageError } from '../errors.ts';
import { guardFile } from '../files/guard-output.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { Reporter } from '../io.ts';
import type { Colour } from '../render/background.ts';
import { withThreads } from '../render/node-threads.ts';
import { readPoseSequence } from '../render/poses.ts';
import { chooseSitting } from '../sheet/choose-teacher.ts';
import { ComparisonSheet } from '../sheet/comparison-sheet.ts';
import type { OfficialSettings } from '../teacher/teacher-options.ts';

export interface CompareConfig {
  /** Each a teacher's name, or a character. */
  readonly a: string;
  readonly b: string;
  /** `null`: that of the character. */
  readonly picture: string | null;
  /** A file of poses, or `null` for `count` held-out ones. */
  readonly poses: string | null;
  readonly count: number;
  readonly out: string;
  readonly background: Colour;
  readonly official: OfficialSettings;
  readonly threads: number;
  readonly force: boolean;
}

export interface CompareResult {
  readonly command: 'compare';
  readonly a: string;
  readonly b: string;
  readonly out: string;
  readonly convention: string;
  readonly poses: readonly ComparedPose[];
  readonly mean: Numbers;
}

interface Numbers {
  readonly psnr: number;
  readonly ssim: number;
  readonly facePsnr: number;
  readonly faceSsim: number;
}

export interface ComparedPose extends Numbers {
  readonly name: string;
}

/** What a side of the comparison is called in the sheet, and who paints it. */
interface Side {
  readonly name: string;
  readonly input: string;
  readonly teacher: string | null;
}

const TEACHERS = /^(puppet|tha4|tha3|tha3-separable|student:.+)$/s;

/** Paints the same poses twice, by two teachers or a teacher and a student, and measures how alike they are. */
export async function compare(config: CompareConfig, reporter: Reporter): Promise<CompareResult> {
  if (!/\.png$/i.test(config.out)) throw new UsageError(`--out: expected a name ending in .png, got ${config.out}`);
  const poses = await readPoses(config);
  const [a, b] = sides(config);
  const sources = [config.picture, config.poses, a.input, b.input].filter((path): path is string => path !== null);
  await guardFile(config.out, ['png'], sources, config.force);
  const progress = reporter.progress('Painting', 2 * poses.length);
  try {
    // One after the other: two systems at once would need twice the memory.
    const first = await frames(a, poses, config, reporter, progress.step);
    const second = await frames(b, poses, config, reporter, progress.step);
    const sheet = new ComparisonSheet(config.background);
    const examined = poses.map((pose, index) => {
      const quality = imageQuality(second[index]!, first[index]!);
      const { psnr, ssim } = quality.frame;
      sheet.add(
        `${pose.name}   psnr ${shown(psnr)} db   ssim ${ssim.toFixed(4)}`,
        comparison(first[index]!, second[index]!),
      );
      return { ...pose, quality };
    });
    const png = encodePng(sheet.image());
    await writeAtomic(config.out, png);
    return {
      command: 'compare',
      a: a.name,
      b: b.name,
      out: config.out,
      convention: QUALITY_CONVENTION,
      poses: examined.map(({ name, quality: { frame, face } }) => ({
        name,
        psnr: limited(frame.psnr),
        ssim: frame.ssim,
        facePsnr: limited(face.psnr),
        faceSsim: face.ssim,
      })),
      mean: meanQuality(examined),
    };
  } finally {
    progress.stop();
  }
}

async function readPoses({ poses: path, count }: CompareConfig): Promise<readonly HeldOutPose[]> {
  if (path === null) return heldOutPoses(count);
  const { poses } = await readPoseSequence(path);
  return poses.map((pose, index) => ({ name: `pose ${index + 1}`, pose }));
}

/** A teacher poses the picture; a character brings its own. */
function sides({ a, b, picture }: CompareConfig): [Side, Side] {
  const own = [a, b].find((name) => !TEACHERS.test(name)) ?? null;
  const shown = picture ?? own;
  if (shown === null) {
    throw new UsageError('compare: expected a picture for two teachers, got none; add --picture FILE');
  }
  const side = (name: string): Side =>
    TEACHERS.test(name) ? { name, input: shown, teacher: name } : { name, input: name, teacher: null };
  return [side(a), side(b)];
}

async function frames(
  { name, input, teacher }: Side,
  poses: readonly HeldOutPose[],
  { official, threads: count }: CompareConfig,
  reporter: Reporter,
  step: () => void,
): Promise<RgbaImage[]> {
  const sitting = await chooseSitting({ input, teacher, mask: null, official }, reporter);
  const prepared = await withThreads(count, reporter.note, (threads) =>
    sitting.teacher(threads).prepare(sitting.image, sitting.mask, reporter.signal),
  );
  const painted: RgbaImage[] = [];
  try {
    for (const { pose } of poses) {
      if (reporter.signal.aborted) throw new InterruptedError('Stopped; nothing was written.');
      const { posed, size } = await prepared.pose([pose], reporter.signal);
      if (size !== FRAME_SIZE) {
        throw new ImageError(`${name}: expected frames of ${FRAME_SIZE}x${FRAME_SIZE}, got ${size}x${size}`);
      }
      painted.push(modelToImage(posed, size, size));
      step();
    }
    return painted;
  } finally {
    await prepared.dispose();
    await sitting.dispose();
  }
}

function limited(psnr: number): number {
  return Math.min(psnr, MOST_DECIBELS);
}

function shown(psnr: number): string {
  return limited(psnr).toFixed(2);
}
