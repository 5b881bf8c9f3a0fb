import type { Crop, RgbaImage } from '@tha4/core';
import { findBrow } from '../find/brow.ts';
import { findEyes } from '../find/eye.ts';
import type { Box } from '../find/face-boxes.ts';
import { facePixels } from '../find/face-pixels.ts';
import { findIrises } from '../find/iris.ts';
import type { LikelyPlaces } from '../find/likely-places.ts';
import { findMouth } from '../find/mouth.ts';
import { clamp } from '../smooth.ts';
import { type Canvas, canvasOf } from './canvas.ts';
import { type EyeLook, eyeLook } from './eye-look.ts';
import { eyePose } from './eye-pose.ts';
import { type BrowLook, browLook, browPose, paintBrow } from './paint-brow.ts';
import { paintEye } from './paint-eye.ts';
import { type MouthLook, mouthLook, paintMouth } from './paint-mouth.ts';

/** A face that was looked at, ready to be painted. Sides are the picture's: first what is on its left. */
export interface FaceLook {
  readonly crop: Crop;
  readonly rest: Canvas;
  readonly eyes: readonly [EyeLook, EyeLook];
  readonly brows: readonly [BrowLook, BrowLook];
  readonly mouth: MouthLook;
}

/** Distance between the irises of a usual face, pixels. */
const USUAL_DISTANCE = 44;

/** Looks at the face of a picture. @param picture the same in model space */
export function faceLook(image: RgbaImage, picture: Float32Array, crop: Crop, places: LikelyPlaces): FaceLook {
  const { boxes } = places;
  const inCrop = ({ left, top, right, bottom }: Box): Box => ({
    left: left - crop.left,
    right: right - crop.left,
    top: top - crop.top,
    bottom: bottom - crop.top,
  });
  const face = facePixels(image, crop, boxes);
  const rest = canvasOf(picture, image.width, crop);
  const eyeBoxes = boxes.eyes.map(inCrop) as [Box, Box];
  const irises = findIrises(face, places.eyes);
  const eyes = findEyes(face, irises);
  const scale = (irises[1].x - irises[0].x) / USUAL_DISTANCE;
  const mouth = findMouth(face, inCrop(boxes.mouth), places.mouth);
  const brow = (side: 0 | 1): BrowLook =>
    browLook(rest, findBrow(face, eyes[side], eyeBoxes[side].top), side === 0 ? 1 : -1, scale);
  return {
    crop,
    rest,
    eyes: [eyeLook(face, rest, eyes[0], 1), eyeLook(face, rest, eyes[1], -1)],
    brows: [brow(0), brow(1)],
    mouth: mouthLook(
      rest,
      mouth,
      clamp(0.95 * mouth.halfWidth, 6.5 * scale, 9.5 * scale),
      (p) => face.unlikeSkin[p]! < 0.09,
    ),
  };
}

/** Paints the face in a pose (parameters 0 to 38). @returns a canvas of its own */
export function paintFace({ rest, eyes, brows, mouth }: FaceLook, pose: ArrayLike<number>): Canvas {
  const canvas = { size: rest.size, data: rest.data.slice() };
  // The character's left is on the right of the picture.
  for (const side of [0, 1] as const) {
    const own = side === 0 ? 1 : 0;
    paintEye(eyes[side], rest, eyePose(pose, own), canvas);
    paintBrow(brows[side], browPose(pose, own), canvas);
  }
  paintMouth(mouth, pose, canvas);
  return canvas;
}
