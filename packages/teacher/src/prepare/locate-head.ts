import type { RgbaImage } from '@tha4/core';
import { findFaces } from './find-face.ts';
import { type FaceFeatures, findFeatures, type Point } from './find-features.ts';
import { type Lab, type LabPlanes, labPlanes } from './oklab.ts';
import { type Placement, resample } from './resample.ts';
import { crownAbove, silhouetteTops } from './silhouette.ts';

/** A head in a picture: a square from its crown to its chin, as wide as it is high. */
export interface HeadBox {
  readonly left: number;
  readonly top: number;
  readonly size: number;
}

/** A head, and where its features are, all in the picture's pixels. */
export interface Head extends FaceFeatures {
  readonly box: HeadBox;
  /** Row of the crown where the silhouette shows it, else `null`. */
  readonly crown: number | null;
}

/** Where the rules want the head: rows 64 to 191, columns 192 to 319 of 512. */
export const HEAD_BOX: HeadBox = { left: 192, top: 64, size: 128 };

/**
 * A usual face in that box, measured on published characters, whose heads all lie there from crown to chin: pixels of a
 * head that is 128 high.
 */
const EYE_DISTANCE = 46;
const EYES_TO_MOUTH = 30;
const CROWN_TO_EYES = 83;
const CROWN_TO_MOUTH = 113;
/** How far below the crown the silhouette ends at the columns that `crownAbove` looks at: heads are round. */
const ROUNDNESS = 3;

/** The search is done on a copy of at most this size, pixels. */
const SEARCH_SIZE = 256;
/** Smallest and largest head that is looked for, as shares of the picture's longer side. */
const SMALLEST = 0.09;
const LARGEST = 0.9;
/** Guesses that are looked at closely. */
const CLOSE_LOOKS = 4;
/** Below this a face is none: pictures of things score less, drawn faces more. */
export const SURE_SCORE = 0.55;

/** Finds the head of the figure, or `null` when nothing looks like a face. */
export function locateHead(image: RgbaImage): Head | null {
  return locateHeads(image)[0] ?? null;
}

/** What looks like a head, best first; the same head may be there more than once. */
export function locateHeads(image: RgbaImage): Head[] {
  const scale = Math.min(1, SEARCH_SIZE / Math.max(image.width, image.height));
  const small = { width: Math.ceil(image.width * scale), height: Math.ceil(image.height * scale) };
  const planes = labPlanes(resample(image, { scale, left: 0, top: 0 }, small.width, small.height));
  const longer = Math.max(small.width, small.height);
  const guesses = findFaces(planes, (SMALLEST * longer) / 128, (LARGEST * longer) / 128);
  return guesses
    .filter(({ score }) => score > 0.6 * guesses[0]!.score)
    .slice(0, CLOSE_LOOKS)
    .map(({ x, y, unit, skin }) => closeLook(image, { x: x / scale, y: y / scale }, unit / scale, skin, 2))
    .sort((p, q) => q.score - p.score);
}

/** Finds the features of a head whose box is known. */
export function headInBox(image: RgbaImage, { left, top, size }: HeadBox): Head {
  const unit = size / 128;
  return closeLook(image, { x: left + 64 * unit, y: top + CROWN_TO_EYES * unit }, unit, USUAL_SKIN, 1);
}

const USUAL_SKIN: Lab = [0.95, 0.015, 0.025];
/** Side of the window that a close look sees, at a head's usual size, and where the eyes are in it. */
const WINDOW = { width: 200, height: 260, x: 100, y: 140 };

/** Brings the face to its usual size, finds its features, and knows the size better then. */
function closeLook(image: RgbaImage, at: Point, guessedUnit: number, guessedSkin: Lab, rounds: number): Head {
  let [near, unit, skin] = [at, guessedUnit, guessedSkin];
  for (let round = 1; ; round++) {
    const placement = { scale: 1 / unit, left: WINDOW.x - near.x / unit, top: WINDOW.y - near.y / unit };
    const planes = labPlanes(resample(image, placement, WINDOW.width, WINDOW.height));
    const found = findFeatures(planes, WINDOW, skin);
    const crown = crownInWindow(planes, found, placement);
    const measured = measureUnit(found, crown);
    if (round >= rounds) return inPicture(found, crown, rounds === 1 ? 1 : measured, placement);
    const middle = toPicture(middleOf(found.leftEye, found.rightEye), placement);
    [near, unit, skin] = [middle, unit * Math.min(Math.max(measured, 0.6), 1.7), found.skin];
  }
}

/** Row of the crown in the window; `null` where the window or the picture ends before it. */
function crownInWindow(planes: LabPlanes, { leftEye, rightEye }: FaceFeatures, { top }: Placement): number | null {
  const crown = crownAbove(silhouetteTops(planes), middleOf(leftEye, rightEye).x, 30);
  return crown === null || crown < top + 2 || crown >= planes.height ? null : crown;
}

/** Size of the head against the usual one: the mean of what its measures say, the crown's most; what is off is left out. */
function measureUnit({ leftEye, rightEye, mouth }: FaceFeatures, crown: number | null): number {
  const eyes = middleOf(leftEye, rightEye);
  const distance = Math.hypot(leftEye.x - rightEye.x, leftEye.y - rightEye.y);
  const face = 0.5 * Math.log(distance / EYE_DISTANCE) + 0.5 * Math.log((mouth.y - eyes.y) / EYES_TO_MOUTH);
  if (crown === null || crown > eyes.y - 20) return Math.exp(face);
  const head =
    0.5 * Math.log((mouth.y - crown) / (CROWN_TO_MOUTH - ROUNDNESS)) +
    0.5 * Math.log((eyes.y - crown) / (CROWN_TO_EYES - ROUNDNESS));
  return Math.exp(Math.abs(head - face) > MOST_APART ? face : 0.75 * head + 0.25 * face);
}

/** Measures of one head that differ by more than this factor's logarithm do not belong together: a hat, a bald crown. */
const MOST_APART = Math.log(1.45);

function inPicture(found: FaceFeatures, crown: number | null, unit: number, placement: Placement): Head {
  const eyes = middleOf(found.leftEye, found.rightEye);
  // The middle of the face is between that of the eyes and the mouth's: heads tilt and turn.
  const x = (eyes.x + found.mouth.x) / 2;
  const fromFace = (eyes.y - CROWN_TO_EYES * unit + (found.mouth.y - CROWN_TO_MOUTH * unit)) / 2;
  const corner = toPicture({ x: x - 64 * unit, y: fromFace }, placement);
  return {
    leftEye: toPicture(found.leftEye, placement),
    rightEye: toPicture(found.rightEye, placement),
    mouth: toPicture(found.mouth, placement),
    score: found.score,
    openness: found.openness,
    lip: found.lip,
    skin: found.skin,
    box: { left: corner.x, top: corner.y, size: (128 * unit) / placement.scale },
    crown: crown === null ? null : toPicture({ x: 0, y: crown }, placement).y,
  };
}

function middleOf(p: Point, q: Point): Point {
  return { x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 };
}

function toPicture({ x, y }: Point, { scale, left, top }: Placement): Point {
  return { x: (x - left) / scale, y: (y - top) / scale };
}
