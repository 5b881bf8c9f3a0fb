import { type Crop, POSE_SIZE, type RgbaImage } from '@tha4/core';
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

/** Side of a window, pixels: what is learned from lies within, so smaller ones would waste more of their border. */
const WINDOW = 64;
/** Windows begin at multiples of this. */
const GRID = 8;
/** Every so many frames one is painted whole. */
const WHOLE_EVERY = 32;
/** Windows in a row that share a face, which costs more than the windows do. */
const SHARE_FACE = 8;
/** Share of the windows that lie in the face. */
const IN_FACE = 0.7;

/**
 * Small windows of many frames: what limits a student is the number of poses that it has seen, and a window of 64 pixels
 * costs a teacher that can paint it alone a fiftieth of a frame. Every 32nd frame is whole.
 *
 * @param first so many whole frames come first
 * @param face where the student's face lies
 * @param image windows outside of the face lie on what is visible of it
 */
export function windowedFrames(
  poseAt: PoseStream,
  seed: number,
  first: number,
  face: Crop,
  image: RgbaImage,
): FrameOrder {
  const places = placesOn(image);
  const faceAt = (index: number): number => (index < first ? index : first + Math.floor((index - first) / SHARE_FACE));
  return {
    wholeShare: 1 / WHOLE_EVERY,
    faceAt,
    poseAt: (index) => {
      const pose = poseAt(index);
      const firstOfFace = index < first ? index : index - ((index - first) % SHARE_FACE);
      if (firstOfFace === index) return pose;
      const shared = pose.slice();
      shared.set(poseAt(firstOfFace).subarray(0, FACE_PARAMETERS));
      return shared;
    },
    windowAt: (index) => {
      if (index < first || index % WHOLE_EVERY === 0) return null;
      const random = randomOf(seed, 'windows', index);
      const at = (from: number, length: number, size: number): number => {
        // The middle of the window lies anywhere in `length` pixels from `from` on.
        const start = from + random() * length - WINDOW / 2;
        return Math.max(0, Math.min(Math.round(start / GRID) * GRID, size - WINDOW));
      };
      const { height, width } = image;
      if (random() < IN_FACE) {
        const top = at(face.top, face.height, height);
        return { top, left: at(face.left, face.width, width), height: WINDOW, width: WINDOW };
      }
      const place = places[Math.floor(random() * places.length)]!;
      const top = at(Math.floor(place / width) * GRID, GRID, height);
      return { top, left: at((place % width) * GRID, GRID, width), height: WINDOW, width: WINDOW };
    },
  };
}

/** Parameters of the face come first; those of head and body are the rest of the 45. */
const FACE_PARAMETERS = POSE_SIZE - 6;

/** Squares of the grid in which something of a picture is visible: row * width of the picture + column. */
function placesOn({ data, width, height }: RgbaImage): number[] {
  const places = new Set<number>();
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      if (data[(row * width + column) * 4 + 3]! > 0) {
        places.add(Math.floor(row / GRID) * width + Math.floor(column / GRID));
      }
    }
  }
  return [...places];
}
