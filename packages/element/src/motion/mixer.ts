import { clampPose, POSE_PARAMETERS, type PoseGroup } from '@tha4/core';
import type { ReadClip } from './clip.ts';
import { poseOfClip } from './clip.ts';
import { limitShapes } from './limit-shapes.ts';
import { Springs } from './spring.ts';

/** What moves a character by itself, its voice among it: 45 numbers at a moment, seconds. */
export type Undertone = (seconds: number) => ArrayLike<number>;

/** How fast parameters follow, 1/s. Eyes are fast, bodies slow. */
const STIFFNESS: Readonly<Record<PoseGroup, number>> = {
  eyebrow: 14,
  eye: 22,
  iris: 26,
  mouth: 24,
  head: 9,
  body: 6,
  breathing: 6,
};
/** A browser that slept does not make up for it. */
const LONGEST_STEP = 0.1;
const LOOK = ['iris_rotation_x', 'iris_rotation_y', 'head_x', 'head_y'].map(
  (name) => POSE_PARAMETERS.find((parameter) => parameter.name === name)!.index,
);
/** How far eyes and head turn to what is looked at, of what is left after the expression. */
const EYES_TURN = 0.9;
const HEAD_TURNS = 0.7;

/**
 * Mixes what moves a character: idle motion and speech under all; the expression or the pose that was set, or a clip;
 * where it looks. Targets change at any time, and springs make a motion of it.
 */
export class Mixer {
  readonly #springs = new Springs(POSE_PARAMETERS.map(({ group }) => STIFFNESS[group]));
  readonly #target = new Float32Array(POSE_PARAMETERS.length);
  #base: ArrayLike<number> = new Float32Array(POSE_PARAMETERS.length);
  readonly #undertone: Undertone;
  #clip: { readonly read: ReadClip; readonly begun: number; readonly done: () => void } | null = null;
  #look: readonly [number, number] | null = null;
  #last: number | null = null;
  /** Changes at once instead of moving; for people who want less motion. */
  still = false;

  constructor(undertone: Undertone) {
    this.#undertone = undertone;
  }

  /** What it shows where no clip plays: 45 numbers. */
  setBase(pose: ArrayLike<number>): void {
    this.#base = pose;
  }

  /** Looks at a place: rightward and downward in the picture, each [-1, 1]; `null`: nowhere. */
  lookAt(place: readonly [number, number] | null): void {
    this.#look = place;
  }

  /** Plays a clip from the next step on. @param done called when it is over or another one takes its place */
  play(read: ReadClip, done: () => void): void {
    this.stop();
    this.#clip = { read, begun: Number.NaN, done };
  }

  stop(): void {
    const clip = this.#clip;
    this.#clip = null;
    clip?.done();
  }

  /** The pose at a moment: 45 numbers within their ranges, owned by the caller. @param seconds on any clock */
  step(seconds: number): Float32Array {
    const passed = this.#last === null ? 0 : Math.min(LONGEST_STEP, Math.max(0, seconds - this.#last));
    this.#last = seconds;
    this.#target.set(this.#clipPose(seconds) ?? this.#base);
    if (this.#look !== null) this.#turn(this.#look);
    this.#springs.setTarget(this.#target);
    if (this.still) this.#springs.jump();
    else this.#springs.step(passed);
    const pose = Float32Array.from(this.#springs.values);
    addUndertone(pose, this.#undertone(seconds));
    return limitShapes(clampPose(pose));
  }

  #clipPose(seconds: number): Float32Array | null {
    if (this.#clip === null) return null;
    if (Number.isNaN(this.#clip.begun)) this.#clip = { ...this.#clip, begun: seconds };
    const pose = poseOfClip(this.#clip.read, (seconds - this.#clip.begun) * 1000);
    if (pose === null) this.stop();
    return pose;
  }

  // A pitch of 1 is upward, a yaw of 1 to the picture's left.
  #turn([right, down]: readonly [number, number]): void {
    const [irisX, irisY, headX, headY] = LOOK as [number, number, number, number];
    this.#target[irisX] = -down * EYES_TURN;
    this.#target[irisY] = -right * EYES_TURN;
    this.#target[headX] = -down * HEAD_TURNS;
    this.#target[headY] = -right * HEAD_TURNS;
  }
}

/**
 * Idle motion is added. What closes an eye that is partly closed already closes the rest only, and a mouth that speaks is
 * as open as the wider of both.
 */
function addUndertone(pose: Float32Array, undertone: ArrayLike<number>): void {
  for (const { index, name, group } of POSE_PARAMETERS) {
    const more = undertone[index]!;
    if (name.startsWith('eye_wink')) {
      const shut = pose[index]! + pose[index + HAPPY_WINK]!;
      pose[index]! += Math.max(0, 1 - shut) * more;
    } else if (group === 'mouth') pose[index] = Math.max(pose[index]!, more);
    else pose[index]! += more;
  }
}

/** From `eye_wink` to `eye_happy_wink` of the same side. */
const HAPPY_WINK = 2;
