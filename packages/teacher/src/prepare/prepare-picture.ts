import { FRAME_SIZE, ImageError, type RgbaImage } from '@tha4/core';
import { findBackground } from './background.ts';
import {
  checkCutEdges,
  checkFigure,
  checkFrame,
  checkHead,
  HEAD_TOLERANCE,
  problem,
  warning,
} from './check-character.ts';
import { chooseMask } from './choose-mask.ts';
import { cleanAlpha } from './clean-alpha.ts';
import { type FaceBoxes, type FaceMask, maskCoverage } from './face-mask.ts';
import { HEAD_BOX, type Head, type HeadBox, headInBox, locateHeads, SURE_SCORE } from './locate-head.ts';
import { drawOverlay } from './overlay.ts';
import { removeBackground } from './remove-background.ts';
import type { Box, Finding, PictureReport } from './report.ts';
import { type Placement, resample } from './resample.ts';

/** How a picture is prepared. */
export interface PrepareOptions {
  /** Where the head is in the picture, from the top of the skull to the chin; `null`: it is looked for. */
  readonly head: Box | null;
  /** A drawn mask, 512x512, light where the face moves, in place of the boxes that are found. */
  readonly mask: RgbaImage | null;
  /** Boxes in place of those that are found, in pixels of the prepared picture. */
  readonly boxes: Partial<FaceBoxes>;
}

const DEFAULTS: PrepareOptions = { head: null, mask: null, boxes: {} };

/** A picture made ready, and what there is to say about it. */
export interface PreparedPicture {
  /** `[512, 512]`; good for use only where `report.ok`. */
  readonly character: RgbaImage;
  readonly mask: FaceMask;
  /** `[1024, 1024]`, for looking at. */
  readonly overlay: RgbaImage;
  readonly report: PictureReport;
}

/** Sides of pictures that can be prepared, pixels. */
const SMALLEST_SIDE = 64;
/** Larger pictures are first made smaller: none of it would be seen. */
const WORKING_SIDE = 2048;
/** The rules' tolerance for strays, pixels: some are in every picture. */
const MOST_STRAYS = 300;

/**
 * Checks a picture against the rules and mends what can be mended: the background, the size and place of the head, stray
 * alpha. A picture that keeps the rules passes with its pixels unchanged. Problems that cannot be mended are in the
 * report, not thrown.
 *
 * @param image any size from 64 pixels a side, 8-bit sRGB with straight alpha
 * @throws {ImageError} when the picture is too small to hold a figure, `head` lies outside of it, or a mask is unusable
 */
export function preparePicture(image: RgbaImage, options: Partial<PrepareOptions> = {}): PreparedPicture {
  const { head: givenHead, mask: givenMask, boxes } = { ...DEFAULTS, ...options };
  checkInput(image, givenHead);
  const done: string[] = [];
  const findings: Finding[] = [];
  const shrink = Math.min(1, WORKING_SIDE / Math.max(image.width, image.height));
  const working = shrink < 1 ? shrunk(image, shrink) : image;
  const cut = cutOut(working, done, findings);
  // With a scene behind the figure, or none, what else would be said is noise.
  const usable = findings.every(({ kind }) => kind !== 'problem');
  const found = givenHead === null && usable ? locateHeads(cut.image) : [];
  const head = givenHead === null ? (found[0] ?? null) : headGiven(cut.image, boxFrom(givenHead, shrink));
  const sure = usable && head !== null && (givenHead !== null || head.score >= SURE_SCORE);
  const fits = image.width === FRAME_SIZE && image.height === FRAME_SIZE;
  // Of several figures all are shown, to see what is wrong.
  const figures = usable ? checkFigure(cut.image) : [];
  const placed = sure && figures.length === 0;
  // A head that is in its place is not moved: every resampling blurs.
  const inPlace = fits && givenHead === null && (!sure || isInPlace(head.box));
  const conforming = inPlace && done.length === 0 && !cut.needsCleaning;
  const placement = inPlace ? AS_IT_IS : placed ? placeHead(head.box) : fitInside(cut.image);
  const character = conforming ? image : mend(cut.image, placement, cut.needsCleaning, placed, done);
  if (placed && placement.scale > 1.6) {
    const times = placement.scale.toFixed(1);
    findings.push(
      warning('sharpness', `The picture had to be enlarged ${times} times, so it is blurred; use a larger one.`, null),
    );
  }
  const inFrame = sure ? moved(head, placement) : null;
  if (usable) {
    findings.push(
      ...figures.map((finding) => movedFinding(finding, placement)),
      ...(figures.length > 0 ? [] : checkHead(inFrame, givenHead !== null)),
    );
    findings.push(...otherFaces(found, placement));
    if (placed) findings.push(...checkFrame(character), ...checkCutEdges(cut.image, placement));
  }
  const { mask, from } = chooseMask(character, givenMask, boxes, done, findings);
  const report: PictureReport = {
    format: 'tha4-picture-report',
    version: 1,
    ok: findings.every(({ kind }) => kind !== 'problem'),
    conforming,
    input: { width: image.width, height: image.height, hasAlpha: hasAlpha(image) },
    findings,
    done,
    placement: { ...placement, scale: placement.scale * shrink },
    head: sure
      ? {
          ...scaledBox(head.box, 1 / shrink),
          from: givenHead === null ? 'picture' : 'given',
          score: givenHead === null ? head.score : null,
        }
      : null,
    features: inFrame && { leftEye: inFrame.leftEye, rightEye: inFrame.rightEye, mouth: inFrame.mouth },
    mask: {
      from,
      boxes: { leftEye: mask.leftEye, rightEye: mask.rightEye, mouth: mask.mouth },
      coverage: maskCoverage(mask),
    },
  };
  const points = inFrame === null ? [] : [inFrame.leftEye, inFrame.rightEye, inFrame.mouth];
  return { character, mask, overlay: drawOverlay(character, mask, points, findings), report };
}

const AS_IT_IS: Placement = { scale: 1, left: 0, top: 0 };

function checkInput({ width, height, data }: RgbaImage, head: Box | null): void {
  if (data.length !== width * height * 4 || Math.min(width, height) < SMALLEST_SIDE) {
    throw new ImageError(
      `picture: expected at least ${SMALLEST_SIDE}x${SMALLEST_SIDE} pixels, got ${width}x${height}; use a larger one, best with a head of 128 pixels or more`,
    );
  }
  if (head === null) return;
  const inside = head.left >= 0 && head.top >= 0 && head.left + head.width <= width && head.top + head.height <= height;
  if (!inside || !(head.width >= 8) || !(head.height >= 8)) {
    throw new ImageError(
      `--head: expected a box of at least 8x8 pixels inside of the picture's ${width}x${height}, got ${head.left},${head.top},${head.width},${head.height}`,
    );
  }
}

function shrunk(image: RgbaImage, scale: number): RgbaImage {
  const side = (length: number) => Math.max(1, Math.round(length * scale));
  return resample(image, { scale, left: 0, top: 0 }, side(image.width), side(image.height));
}

/** The picture without its background, where that can be told from the figure. */
function cutOut(image: RgbaImage, done: string[], findings: Finding[]): { image: RgbaImage; needsCleaning: boolean } {
  const background = findBackground(image);
  if (background.kind === 'transparent') {
    const { haze, specks } = cleanAlpha(image, false).strays;
    return { image, needsCleaning: haze + specks > MOST_STRAYS };
  }
  if (background.kind === 'other') {
    const text =
      'The background is a scene or a photograph, or the figure fills the picture up to its borders. Cut the figure out in a drawing program, or with a tool that removes backgrounds, and save it as a PNG with transparency.';
    findings.push(problem('background', text, null));
    return { image, needsCleaning: false };
  }
  if (background.kind === 'checkerboard') {
    const text =
      'The squares around the figure are part of the picture: a program showed transparency that way, and they were saved. White clothes cannot be told from them, so get the original with real transparency, or erase them.';
    findings.push(problem('background', text, null));
    return { image, needsCleaning: false };
  }
  const { image: figure, removed, enclosed } = removeBackground(image, background.colour);
  if (removed > 0.985) {
    findings.push(problem('figure', 'The picture has one colour only: there is no figure in it.', null));
    return { image, needsCleaning: false };
  }
  done.push(`Removed the background of one colour (${Math.round(100 * removed)}% of the picture).`);
  if (enclosed > 0) {
    const text = `Enclosed areas have the background's colour (${enclosed} pixels) and were left, as they may be the figure's; erase them if they are not.`;
    findings.push(warning('background', text, null));
  }
  return { image: figure, needsCleaning: true };
}

/** The box is as it was given; what is in it is looked for. */
function headGiven(image: RgbaImage, box: HeadBox): Head {
  return { ...headInBox(image, box), box };
}

function isInPlace({ left, top, size }: HeadBox): boolean {
  const off = [left - HEAD_BOX.left, top - HEAD_BOX.top, left + size - 320, top + size - 192];
  return off.every((distance) => Math.abs(distance) <= HEAD_TOLERANCE);
}

function placeHead({ left, top, size }: HeadBox): Placement {
  const scale = HEAD_BOX.size / size;
  return { scale, left: HEAD_BOX.left - left * scale, top: HEAD_BOX.top - top * scale };
}

/** Where no head was found, the whole picture, in the middle. */
function fitInside({ width, height }: RgbaImage): Placement {
  const scale = FRAME_SIZE / Math.max(width, height);
  return { scale, left: (FRAME_SIZE - width * scale) / 2, top: (FRAME_SIZE - height * scale) / 2 };
}

function mend(
  image: RgbaImage,
  placement: Placement,
  needsCleaning: boolean,
  sure: boolean,
  done: string[],
): RgbaImage {
  const still = placement.scale === 1 && placement.left === 0 && placement.top === 0;
  const placed =
    still && image.width === FRAME_SIZE && image.height === FRAME_SIZE
      ? image
      : resample(image, placement, FRAME_SIZE, FRAME_SIZE);
  if (placed !== image) {
    const { scale, left, top } = placement;
    const how = `scaled by ${scale.toFixed(3)}, moved by ${left.toFixed(1)}, ${top.toFixed(1)} pixels`;
    done.push(sure ? `Brought the head to its place (${how}).` : `Fitted the picture into 512x512 (${how}).`);
  }
  const { image: clean, strays } = cleanAlpha(placed, true);
  if (needsCleaning && strays.haze + strays.specks > 0) {
    done.push(`Erased stray pixels (${strays.haze} of haze, ${strays.specks} of specks).`);
  }
  return clean;
}

/** Other faces as sure as the first, of about its size, away from it. */
function otherFaces(heads: readonly Head[], placement: Placement): Finding[] {
  const first = heads[0];
  if (first === undefined || first.score < SURE_SCORE) return [];
  return heads
    .slice(1)
    .filter(({ score, box }) => {
      const away =
        Math.hypot(box.left - first.box.left, box.top - first.box.top) > 0.9 * Math.max(first.box.size, box.size);
      const ratio = box.size / first.box.size;
      return away && score > 0.8 * first.score && score > SURE_SCORE && ratio > 0.6 && ratio < 1.7;
    })
    .slice(0, 1)
    .map((head) => {
      const { left, top, size } = moved(head, placement).box;
      const text = 'This looks like a second face; there has to be one figure only.';
      return warning('figure', text, { left, top, width: size, height: size });
    });
}

function boxFrom({ left, top, width, height }: Box, scale: number): HeadBox {
  return scaledBox({ left: left + width / 2 - height / 2, top, size: height }, scale);
}

function scaledBox({ left, top, size }: HeadBox, scale: number): HeadBox {
  return { left: left * scale, top: top * scale, size: size * scale };
}

function moved(head: Head, { scale, left, top }: Placement): Head {
  const point = ({ x, y }: { x: number; y: number }) => ({ x: x * scale + left, y: y * scale + top });
  const corner = point({ x: head.box.left, y: head.box.top });
  return {
    ...head,
    leftEye: point(head.leftEye),
    rightEye: point(head.rightEye),
    mouth: point(head.mouth),
    box: { left: corner.x, top: corner.y, size: head.box.size * scale },
    crown: head.crown === null ? null : head.crown * scale + top,
  };
}

function movedFinding(finding: Finding, { scale, left, top }: Placement): Finding {
  const { at } = finding;
  if (at === null) return finding;
  const box = {
    left: at.left * scale + left,
    top: at.top * scale + top,
    width: at.width * scale,
    height: at.height * scale,
  };
  return { ...finding, at: box };
}

function hasAlpha({ data }: RgbaImage): boolean {
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return true;
  return false;
}
