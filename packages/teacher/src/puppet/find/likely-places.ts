import { type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import type { FaceFeatures, Point } from '../../prepare/find-features.ts';
import { HEAD_BOX, headInBox, SURE_SCORE } from '../../prepare/locate-head.ts';
import { clamp } from '../smooth.ts';
import { type Box, type FaceBoxes, findFaceBoxes } from './face-boxes.ts';

/** A place in the face crop, (0, 0) being the middle of its first pixel, and how far off it may be, pixels. */
export interface LikelyPlace {
  readonly x: number;
  readonly y: number;
  readonly reachX: number;
  readonly reachY: number;
}

/** Where irises and the mouth are about, and boxes around them; in the order of the picture. */
export interface LikelyPlaces {
  readonly boxes: FaceBoxes;
  readonly eyes: readonly [LikelyPlace, LikelyPlace];
  readonly mouth: LikelyPlace;
}

/**
 * Says where to look: where the layout of a face is found in the picture and the mask agrees, there; else where eyes and
 * mouths usually are in a mask's rectangles.
 *
 * @throws {ImageError} when nothing is white in the mask's face crop
 */
export function likelyPlaces(image: RgbaImage, mask: RgbaImage): LikelyPlaces {
  const boxes = findFaceBoxes(mask);
  const { rightEye, leftEye, mouth, score } = findLayout(image);
  const agrees = [rightEye, leftEye, mouth].every(
    ({ x, y }) => mask.data[(Math.floor(y) * mask.width + Math.floor(x)) * 4]! >= 128,
  );
  const { top, left } = STUDENT_FACE_CROP;
  if (score < SURE_SCORE || !agrees) {
    const usual = (box: Box, share: number): LikelyPlace => ({
      x: (box.left + box.right - 1) / 2 - left,
      y: box.top + share * (box.bottom - box.top) - top,
      reachX: 0.28 * (box.right - box.left),
      reachY: 0.25 * (box.bottom - box.top),
    });
    return { boxes, eyes: [usual(boxes.eyes[0], 0.72), usual(boxes.eyes[1], 0.72)], mouth: usual(boxes.mouth, 0.3) };
  }
  const found = ({ x, y }: { x: number; y: number }): LikelyPlace => ({
    x: x - left - 0.5,
    y: y - top - 0.5,
    reachX: 7,
    reachY: 9,
  });
  const between = (rightEye.x + leftEye.x) / 2;
  const eye = around(rightEye, 24, 40, 18);
  const other = around(leftEye, 24, 40, 18);
  return {
    boxes: {
      eyes: [
        { ...eye, right: Math.min(eye.right, Math.ceil(between)) },
        { ...other, left: Math.max(other.left, Math.floor(between)) },
      ],
      mouth: around(mouth, 32, 11, 24),
    },
    eyes: [found(rightEye), found(leftEye)],
    mouth: found(mouth),
  };
}

/** The layout of the face, the mean of what is found in the picture and in its mirror: the same from both sides. */
function findLayout(image: RgbaImage): Pick<FaceFeatures, 'rightEye' | 'leftEye' | 'mouth' | 'score'> {
  const here = headInBox(image, HEAD_BOX);
  const there = headInBox(mirrored(image), HEAD_BOX);
  const mean = (a: Point, b: Point): Point => ({ x: (a.x + image.width - b.x) / 2, y: (a.y + b.y) / 2 });
  return {
    rightEye: mean(here.rightEye, there.leftEye),
    leftEye: mean(here.leftEye, there.rightEye),
    mouth: mean(here.mouth, there.mouth),
    score: Math.min(here.score, there.score),
  };
}

function mirrored({ width, height, data }: RgbaImage): RgbaImage {
  const pixels = new Uint32Array(Uint8Array.from(data).buffer);
  for (let row = 0; row < height; row++) pixels.subarray(row * width, (row + 1) * width).reverse();
  return { width, height, data: new Uint8Array(pixels.buffer) };
}

/** A box around a point, as far as it lies in the face crop. */
function around({ x, y }: { x: number; y: number }, half: number, above: number, below: number): Box {
  const { top, left, width, height } = STUDENT_FACE_CROP;
  return {
    left: clamp(Math.floor(x - half), left, left + width - 1),
    right: clamp(Math.ceil(x + half), left + 1, left + width),
    top: clamp(Math.round(y - above), top, top + height - 1),
    bottom: clamp(Math.round(y + below), top + 1, top + height),
  };
}
