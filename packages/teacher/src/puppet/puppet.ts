import { type Crop, clampPose, cropTensor, imageToModel, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import type { TeacherWindow } from '../teacher-frames.ts';
import { pasteChanges } from './face/canvas.ts';
import { type FaceLook, faceLook, paintFace } from './face/face-look.ts';
import { likelyPlaces } from './find/likely-places.ts';
import { type Figure, findFigure } from './motion/figure.ts';
import { flowGrid } from './motion/flow-grid.ts';
import { bodyPose } from './motion/source-of.ts';
import { visibleNear, warpPicture } from './motion/warp-picture.ts';

/** Where a frame goes: place `index` of batches, each `[n, size, size, c]`, as in `TeacherFrames`. */
export interface FrameTarget {
  readonly index: number;
  readonly posed: Float32Array;
  readonly warped: Float32Array;
  readonly gridChange: Float32Array;
  readonly direct: Float32Array;
  readonly faceMorphed: Float32Array;
}

/** A picture that was looked at, ready to be posed. */
export interface Puppet {
  /** Side of picture and frames, pixels. */
  readonly size: number;
  /** The resting picture, `[size, size, 4]` in model space. */
  readonly picture: Float32Array;
  readonly visible: Uint8Array;
  readonly figure: Figure;
  readonly face: FaceLook;
}

/**
 * Looks at a picture.
 *
 * @param image square RGBA, 8-bit sRGB with straight alpha, that keeps the rules for pictures
 * @param mask the face mask, as large
 * @throws {ImageError} when the mask shows no face
 */
export function createPuppet(image: RgbaImage, mask: RgbaImage): Puppet {
  const picture = imageToModel(image);
  const size = image.width;
  const places = likelyPlaces(image, mask);
  return {
    size,
    picture,
    visible: visibleNear(picture, size),
    figure: findFigure(places.boxes),
    face: faceLook(image, picture, STUDENT_FACE_CROP, places),
  };
}

/**
 * Poses a puppet: paints the face, then moves head and body. The same pose gives the same numbers.
 *
 * @param values 45 numbers; those outside their range count as its end
 */
export function posePuppet(puppet: Puppet, values: ArrayLike<number>, target: FrameTarget): void {
  const pose = clampPose(values);
  const { size, picture, visible, figure, face: look } = puppet;
  const first = target.index * size * size;
  target.faceMorphed.set(picture, first * 4);
  pasteChanges(look.rest, paintFace(look, pose), target.faceMorphed, first * 4, size, look.crop);
  const face = target.faceMorphed.subarray(first * 4, (first + size * size) * 4);
  const flow = flowGrid(bodyPose(pose), figure, size);
  if (flow === null) {
    target.warped.set(face, first * 4);
    target.gridChange.fill(0, first * 2, (first + size * size) * 2);
  } else {
    const whole = { top: 0, left: 0, height: size, width: size };
    warpPicture(face, visible, size, flow, whole, target.warped, target.gridChange, first);
  }
  const warped = target.warped.subarray(first * 4, (first + size * size) * 4);
  // The motion is smooth and tears nothing, so nothing has to be painted over it.
  target.posed.set(warped, first * 4);
  target.direct.set(warped, first * 4);
}

/** Paints the resting picture with its face in a pose. @param picture takes `[size, size, 4]` */
export function posePuppetFace(
  { size, picture, face: look }: Puppet,
  values: ArrayLike<number>,
  target: Float32Array,
): void {
  target.set(picture);
  pasteChanges(look.rest, paintFace(look, clampPose(values)), target, 0, size, look.crop);
}

/**
 * A window of a frame in a pose, around a face that was painted before.
 *
 * @param faceMorphed `[size, size, 4]`, as `posePuppetFace` paints it
 */
export function posePuppetWindow(
  { size, visible, figure }: Puppet,
  values: ArrayLike<number>,
  faceMorphed: Float32Array,
  window: Crop,
): TeacherWindow {
  const pixels = window.height * window.width;
  const gridChange = new Float32Array(pixels * 2);
  const flow = flowGrid(bodyPose(clampPose(values)), figure, size);
  if (flow === null) {
    const still = cropTensor(faceMorphed, [size, size, 4], window);
    return { posed: still, warped: still, gridChange, faceMorphed };
  }
  const warped = new Float32Array(pixels * 4);
  warpPicture(faceMorphed, visible, size, flow, window, warped, gridChange, 0);
  return { posed: warped, warped, gridChange, faceMorphed };
}
