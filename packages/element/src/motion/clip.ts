import type { PartialPose } from '../emotions/emotions.ts';
import { readPose } from './read-pose.ts';

/** A moment of a clip. */
export interface ClipFrame {
  /** When, milliseconds from the clip's beginning. */
  readonly at: number;
  /** Name of an emotion, or parameters by name. */
  readonly pose: string | PartialPose;
}

/** Poses in time. Between its frames a character moves by its springs. */
export interface Clip {
  /** In order of time. */
  readonly frames: readonly ClipFrame[];
  /** How long it lasts, milliseconds; until its last frame where it is not given. */
  readonly duration?: number;
  readonly loop?: boolean;
}

/** A clip that was checked. */
export interface ReadClip {
  readonly times: readonly number[];
  /** 45 numbers each. */
  readonly poses: readonly Float32Array[];
  readonly duration: number;
  readonly loop: boolean;
}

const MOST_FRAMES = 100_000;

/** @throws {RangeError | TypeError} naming the frame that cannot be meant */
export function readClip(clip: Clip): ReadClip {
  const frames = clip?.frames;
  if (!Array.isArray(frames) || frames.length === 0 || frames.length > MOST_FRAMES) {
    throw new TypeError(
      `play: expected a clip with 1 to ${MOST_FRAMES} frames, got ${frames?.length ?? typeof frames}`,
    );
  }
  const times = frames.map(({ at }, index) => {
    if (Number.isFinite(at) && at >= (frames[index - 1]?.at ?? 0)) return at;
    throw new RangeError(`play: frame ${index}: expected a time from that of the frame before on, got ${at}`);
  });
  const duration = clip.duration ?? times.at(-1)!;
  if (!Number.isFinite(duration) || duration < times.at(-1)!) {
    throw new RangeError(`play: expected a duration up to the last frame at least, got ${duration}`);
  }
  if (clip.loop === true && duration === 0)
    throw new RangeError('play: expected a loop that lasts, got 0 milliseconds');
  const poses = frames.map(({ pose }, index) => readPose(pose, `play: frame ${index}`));
  return { times, poses, duration, loop: clip.loop === true };
}

/** The pose at a moment, or `null` when the clip is over. @param at milliseconds from its beginning */
export function poseOfClip({ times, poses, duration, loop }: ReadClip, at: number): Float32Array | null {
  if (at > duration && !loop) return null;
  const moment = loop ? at % duration : at;
  let index = 0;
  while (index + 1 < times.length && times[index + 1]! <= moment) index++;
  return poses[index]!;
}
