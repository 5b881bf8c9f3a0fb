import { type Crop, FACE_POSE_SIZE, type RgbaImage } from '@tha4/core';
import { randomOf } from './random.ts';
import type { PoseStream } from './training-poses.ts';

/** What each frame of a run is, by its number alone. */
export interface FrameOrder {
  readonly poseAt: PoseStream;
  /** The part of it that is painted; `null`: all. */
  readonly windowAt: (index: number) => Crop | null;
  /** Share of the frames that are whole, 0..1. */
  readonly wholeShare: number;
  /** The number of its face: frames in a row may share one. The face's trainer gets each face once, with the first. */
  readonly faceAt: (index: number) => number;
}

/** Whole frames, each in a pose of its own: for teachers that can do nothing else. */
export function wholeFrames(poseAt: PoseStream): FrameOrder {
  return { poseAt, windowAt: () => null, wholeShare: 1, faceAt: (index) => index };
}

/** Windows begin and end at multiples of this, and reach so far beyond the face. */
const GRID = 8;
/** Every so many frames one is painted whole. */
const WHOLE_EVERY = 32;
/** Windows in a row that share a face, which costs as much as three windows do. */
const SHARE_FACE = 8;
/** Share of the windows that are the face's; the others lie anywhere on the figure. */
const IN_FACE = 0.6;

/**
 * Windows of many frames: what limits a student is the number of poses that it has seen, and a window around the face
 * costs a teacher that can paint it alone a tenth of a frame.
 *
 * @param first so many whole frames come first
 * @param face where the student's face lies, in multiples of 8 pixels; all windows are little larger
 * @param image windows elsewhere lie on what is visible of it
 */
export function windowedFrames(
  poseAt: PoseStream,
  seed: number,
  first: number,
  face: Crop,
  image: RgbaImage,
): FrameOrder {
  const places = visibleSquares(image);
  const height = face.height + 2 * GRID;
  const width = face.width + 2 * GRID;
  const window = (top: number, left: number): Crop => ({
    top: Math.max(0, Math.min(top, image.height - height)),
    left: Math.max(0, Math.min(left, image.width - width)),
    height,
    width,
  });
  return {
    wholeShare: 1 / WHOLE_EVERY,
    faceAt: (index) => (index < first ? index : first + Math.floor((index - first) / SHARE_FACE)),
    poseAt: (index) => {
      const pose = poseAt(index);
      const sharedWith = index < first ? index : index - ((index - first) % SHARE_FACE);
      if (sharedWith === index) return pose;
      const shared = pose.slice();
      shared.set(poseAt(sharedWith).subarray(0, FACE_POSE_SIZE));
      return shared;
    },
    windowAt: (index) => {
      if (index < first || index % WHOLE_EVERY === 0) return null;
      const random = randomOf(seed, 'windows', index);
      if (random() < IN_FACE) return window(face.top - GRID, face.left - GRID);
      const { row, column } = places[Math.floor(random() * places.length)]!;
      const before = (side: number): number => Math.floor((random() * side) / GRID) * GRID;
      return window(row - before(height), column - before(width));
    },
  };
}

/** Squares of the grid, by their first pixel, in which something of a picture is visible. */
function visibleSquares({ data, width, height }: RgbaImage): { readonly row: number; readonly column: number }[] {
  const squares: { readonly row: number; readonly column: number }[] = [];
  for (let row = 0; row < height; row += GRID) {
    for (let column = 0; column < width; column += GRID) {
      const isVisible = (_: unknown, at: number): boolean =>
        data[((row + Math.floor(at / GRID)) * width + column + (at % GRID)) * 4 + 3]! > 0;
      if (Array.from({ length: GRID * GRID }).some(isVisible)) squares.push({ row, column });
    }
  }
  return squares;
}
