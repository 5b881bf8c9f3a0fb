import { FRAME_SIZE, STUDENT_FACE_CROP } from '@tha4/core';
import type { TeacherFrames } from '../../src/index.ts';

const PIXELS = FRAME_SIZE * FRAME_SIZE;

/** How alike two flows are where the first one moves what can be seen. */
export interface FlowLikeness {
  /** Cosine between both flows, each taken as one long vector. */
  readonly cosine: number;
  /** Mean length of the second flow by that of the first. */
  readonly ratio: number;
  /** Mean length of the first, pixels, and how many pixels count. */
  readonly mean: number;
  readonly pixels: number;
}

/** Flow shorter than this is no motion, pixels. */
const STILL = 1;

/**
 * Compares what a parameter adds to the flow, in a student and in the puppet, over the pixels that count: they are
 * visible, the student moves them (more than a pixel), and what is seen there is moved rather than painted.
 */
export function flowLikeness(
  student: TeacherFrames,
  studentAtRest: TeacherFrames,
  puppet: TeacherFrames,
): FlowLikeness {
  const toPixels = FRAME_SIZE / 2;
  let dot = 0;
  let squares = 0;
  let puppetSquares = 0;
  let length = 0;
  let puppetLength = 0;
  let pixels = 0;
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    if (!isMoved(student, pixel) || !isMoved(studentAtRest, pixel)) continue;
    const x = (student.gridChange[pixel * 2]! - studentAtRest.gridChange[pixel * 2]!) * toPixels;
    const y = (student.gridChange[pixel * 2 + 1]! - studentAtRest.gridChange[pixel * 2 + 1]!) * toPixels;
    if (Math.hypot(x, y) < STILL) continue;
    const u = puppet.gridChange[pixel * 2]! * toPixels;
    const v = puppet.gridChange[pixel * 2 + 1]! * toPixels;
    dot += x * u + y * v;
    squares += x * x + y * y;
    puppetSquares += u * u + v * v;
    length += Math.hypot(x, y);
    puppetLength += Math.hypot(u, v);
    pixels++;
  }
  return {
    cosine: dot / Math.sqrt(squares * puppetSquares),
    ratio: puppetLength / length,
    mean: length / pixels,
    pixels,
  };
}

/** Whether a pixel is visible and shows what the flow brings there. */
function isMoved({ posed, warped }: TeacherFrames, pixel: number): boolean {
  if (posed[pixel * 4 + 3]! <= 0) return false;
  for (let c = pixel * 4; c < pixel * 4 + 4; c++) if (Math.abs(posed[c]! - warped[c]!) > 0.1) return false;
  return true;
}

/** How alike the regions are that two teachers change in the face. */
export interface RegionLikeness {
  /** Middle of the change, columns right of the face crop's middle. */
  readonly studentSide: number;
  readonly puppetSide: number;
  /** Share of the puppet's change that lies where the student changes something too, and the other way round. */
  readonly inside: number;
  readonly covered: number;
  /** The student's largest change, in model space. */
  readonly largest: number;
}

/** Changes below this share of the largest one are a student's haze, and below this one nothing, in model space. */
const HAZE = 0.25;
const LEAST = 0.03;
/** Regions that lie this near count as the same, pixels. */
const NEAR = 4;

/** @param student `[512, 512, 4]` in model space, as all four: faces in a pose, and at rest */
export function regionLikeness(
  student: Float32Array,
  studentAtRest: Float32Array,
  puppet: Float32Array,
  puppetAtRest: Float32Array,
): RegionLikeness {
  const a = faceChange(student, studentAtRest);
  const b = faceChange(puppet, puppetAtRest);
  return {
    studentSide: middle(a),
    puppetSide: middle(b),
    inside: shareNear(b, a),
    covered: shareNear(a, b),
    largest: a.reduce((most, value) => Math.max(most, value), 0),
  };
}

/** `[height, width]` of the student's face crop: the largest change of a channel, 0 where it is haze. */
function faceChange(frame: Float32Array, rest: Float32Array): Float32Array {
  const { top, left, width, height } = STUDENT_FACE_CROP;
  const change = Float32Array.from({ length: width * height }, (_, i) => {
    const pixel = (top + Math.floor(i / width)) * FRAME_SIZE + left + (i % width);
    let most = 0;
    for (let c = pixel * 4; c < pixel * 4 + 4; c++) most = Math.max(most, Math.abs(frame[c]! - rest[c]!));
    return most;
  });
  const most = change.reduce((a, b) => Math.max(a, b), 0);
  return change.map((value) => (value < Math.max(HAZE * most, LEAST) ? 0 : value));
}

function middle(change: Float32Array): number {
  const { width } = STUDENT_FACE_CROP;
  let sum = 0;
  let total = 0;
  change.forEach((value, i) => {
    sum += value * ((i % width) + 0.5 - width / 2);
    total += value;
  });
  return sum / total;
}

/** Share of a change that lies within a few pixels of another one. */
function shareNear(change: Float32Array, other: Float32Array): number {
  const { width, height } = STUDENT_FACE_CROP;
  const isNear = (x: number, y: number): boolean => {
    for (let v = Math.max(y - NEAR, 0); v <= Math.min(y + NEAR, height - 1); v++) {
      for (let u = Math.max(x - NEAR, 0); u <= Math.min(x + NEAR, width - 1); u++)
        if (other[v * width + u]! > 0) return true;
    }
    return false;
  };
  let near = 0;
  let total = 0;
  change.forEach((value, i) => {
    if (value === 0) return;
    total += value;
    if (isNear(i % width, Math.floor(i / width))) near += value;
  });
  return near / total;
}
