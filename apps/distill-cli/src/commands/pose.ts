import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { compositeOver, encodePng, type RgbaImage } from '@tha4/core';
import { InterruptedError, UsageError } from '../errors.ts';
import { guardFile, guardFolder } from '../files/guard-output.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { Reporter } from '../io.ts';
import { encodeAnimation, MAX_ANIMATION_FRAMES } from '../render/animation.ts';
import type { Colour } from '../render/background.ts';
import { describeOutliers, readPoseArgument, readPoseSequence } from '../render/poses.ts';
import { poseSubject, type SubjectChoice } from './pose-subject.ts';

export interface PoseConfig extends SubjectChoice {
  /** One pose, or `null` with `poses`. */
  readonly pose: string | null;
  /** A file of poses, or `null` with `pose`. */
  readonly poses: string | null;
  readonly out: string;
  /** `null`: what the file of poses says, else 24. */
  readonly fps: number | null;
  /** `null` leaves the background transparent. */
  readonly background: Colour | null;
  readonly force: boolean;
}

export interface PoseResult {
  readonly command: 'pose';
  readonly character: string;
  readonly out: string;
  readonly frames: number;
  /** Side of the frames, pixels. */
  readonly size: number;
  readonly fps: number | null;
  readonly bytes: number;
  readonly engine: string;
  /** Time of a frame, without starting the engine and writing files. */
  readonly msPerFrame: number;
}

type Kind = 'png' | 'webp' | 'frames';

const DEFAULT_FPS = 24;
const FRAME_NAME = /^frame_\d{4,}\.png$/;

/** Paints a character in one pose, or in each of a sequence. */
export async function pose(config: PoseConfig, reporter: Reporter): Promise<PoseResult> {
  const kind = outputKind(config);
  const sequence =
    config.poses === null
      ? { poses: [await readPoseArgument(config.pose!)], fps: null }
      : await readPoseSequence(config.poses);
  const { poses } = sequence;
  if (kind === 'webp' && poses.length > MAX_ANIMATION_FRAMES) {
    throw new UsageError(
      `--out: expected a folder/ for ${poses.length} frames, got ${config.out}; a .webp holds at most ${MAX_ANIMATION_FRAMES}`,
    );
  }
  const subject = await poseSubject(config, reporter);
  const read = config.poses === null ? subject.sources : [...subject.sources, config.poses];
  const names = poses.map((_, index) => frameName(index, poses.length));
  const stale = await guard(config, kind, names, read);
  const outliers = describeOutliers(poses);
  if (outliers !== null) reporter.note(outliers);

  const painter = await subject.start();
  const progress = reporter.progress('Painting', poses.length);
  const kept: RgbaImage[] = [];
  let bytes = 0;
  let ms = 0;
  try {
    for (const [index, values] of poses.entries()) {
      if (reporter.signal.aborted) throw new InterruptedError(interruption(kind, index, poses.length, config.out));
      const start = performance.now();
      const frame = await painter.paint(values);
      ms += performance.now() - start;
      const image = config.background === null ? frame : compositeOver(frame, config.background);
      if (kind === 'webp') kept.push(image);
      else bytes += await writeFrame(kind === 'png' ? config.out : join(config.out, names[index]!), image);
      if (poses.length > 1) progress.step();
    }
  } finally {
    progress.stop();
    await painter.dispose();
  }
  const fps = kind === 'png' ? null : (config.fps ?? sequence.fps ?? DEFAULT_FPS);
  if (kind === 'webp') {
    const animation = await encodeAnimation(kept, fps!);
    await writeAtomic(config.out, animation);
    bytes = animation.length;
  }
  for (const name of stale) await rm(join(config.out, name), { force: true });
  return {
    command: 'pose',
    character: subject.name,
    out: config.out,
    frames: poses.length,
    size: subject.size,
    fps: kind === 'webp' ? fps : null,
    bytes,
    engine: painter.engine,
    msPerFrame: ms / poses.length,
  };
}

function outputKind({ out, poses, fps }: PoseConfig): Kind {
  const kind: Kind = /\.png$/i.test(out) ? 'png' : /\.webp$/i.test(out) ? 'webp' : 'frames';
  if (poses === null && kind !== 'png') {
    throw new UsageError(`--out: expected a name ending in .png for one pose, got ${out}`);
  }
  if (poses !== null && kind === 'png') {
    throw new UsageError(`--out: expected a folder/ or a name ending in .webp for several poses, got ${out}`);
  }
  if (kind === 'frames' && /\.\w{2,4}$/.test(out)) {
    throw new UsageError(`--out: expected a folder/ or a name ending in .webp, got ${out}`);
  }
  if (fps !== null && kind !== 'webp') {
    throw new UsageError('--fps: expected it with a .webp, got another output; single pictures have no speed');
  }
  return kind;
}

/** @returns frames of a former, longer sequence, to be removed once the new one is complete */
async function guard(
  { out, force }: PoseConfig,
  kind: Kind,
  names: readonly string[],
  sources: readonly string[],
): Promise<readonly string[]> {
  if (kind === 'frames') {
    return guardFolder(out, { names, isOurs: (name) => FRAME_NAME.test(name), mark: null }, sources, force);
  }
  await guardFile(out, [kind], sources, force);
  return [];
}

async function writeFrame(path: string, image: RgbaImage): Promise<number> {
  const png = encodePng(image);
  await writeAtomic(path, png);
  return png.length;
}

function frameName(index: number, count: number): string {
  return `frame_${String(index + 1).padStart(Math.max(4, String(count).length), '0')}.png`;
}

function interruption(kind: Kind, done: number, total: number, out: string): string {
  const kept = kind === 'frames' && done > 0 ? `they are in ${out}` : 'nothing was written';
  return `Stopped after ${done} of ${total} frames; ${kept}.`;
}
