import { FRAME_SIZE, type RgbaImage, STUDENT_FACE_CROP } from '@tha4/core';
import { findComponents } from './components.ts';
import { type Head, SURE_SCORE } from './locate-head.ts';
import type { Box, Finding } from './report.ts';
import type { Placement } from './resample.ts';

/** How far the head may be from its box, in pixels of the prepared picture. */
export const HEAD_TOLERANCE = 12;

/** A second region of this share of the first is another figure, if it is as tall as this share of it. */
const SECOND_AREA = 0.25;
const SECOND_HEIGHT = 0.5;
/** Eyes that are less open, or a mouth that shows less, may be closed; published characters have 0.52 and 0.70 at least. */
const OPEN_EYES = 0.4;
const VISIBLE_MOUTH = 0.4;
/** Heads tilted by more than this are not upright, degrees. */
const UPRIGHT = 25;

/** Checks that there is one figure, and something around it; boxes are in the picture's own pixels. */
export function checkFigure({ width, height, data }: RgbaImage): Finding[] {
  const findings: Finding[] = [];
  const { list } = findComponents(width, height, (i) => data[i * 4 + 3]! >= 128);
  const first = list[0];
  if (first === undefined) {
    return [problem('figure', 'Nothing can be seen in the picture: all of it is transparent.', null)];
  }
  const tall = (first.bottom - first.top) * SECOND_HEIGHT;
  const others = list
    .slice(1)
    .filter(({ area, top, bottom }) => area > SECOND_AREA * first.area && bottom - top > tall);
  for (const { left, top, right, bottom } of others) {
    const at = { left, top, width: right - left, height: bottom - top };
    findings.push(problem('figure', 'There is more than one figure; keep one and erase the others.', at));
  }
  const share = first.area / (width * height);
  if (share > 0.9) {
    findings.push(
      problem(
        'background',
        'Nearly all of the picture is opaque; the background around the figure has to be transparent.',
        null,
      ),
    );
  }
  return findings;
}

/** Checks the head of a prepared picture: in its box, upright, eyes and mouth inside the crop, and open. */
export function checkHead(head: Head | null, isGiven: boolean): Finding[] {
  if (head === null || (head.score < SURE_SCORE && !isGiven)) {
    return [
      problem(
        'head',
        'No face was recognised. It should look forward, with eyes and mouth uncovered. If it does, say where the head is, from the top of the skull to the chin: --head x,y,width,height, in pixels of your picture.',
        null,
      ),
    ];
  }
  if (head.score < SURE_SCORE) {
    const text = 'No face was recognised in the box given by --head; look at the overlay whether it is right.';
    return [warning('face', text, null)];
  }
  const findings: Finding[] = [];
  const tilt = Math.atan2(head.leftEye.y - head.rightEye.y, head.leftEye.x - head.rightEye.x) * (180 / Math.PI);
  if (Math.abs(tilt) > UPRIGHT) {
    findings.push(
      warning('head', `The head is tilted by ${Math.round(Math.abs(tilt))} degrees; upright heads move better.`, null),
    );
  }
  const { left, top, width, height } = STUDENT_FACE_CROP;
  for (const [what, { x, y }, marginX, marginY] of [
    ['left eye', head.leftEye, 16, 12],
    ['right eye', head.rightEye, 16, 12],
    ['mouth', head.mouth, 10, 8],
  ] as const) {
    const inside = x > left + marginX && x < left + width - marginX && y > top + marginY && y < top + height - marginY;
    if (inside) continue;
    const at = { left: x - 16, top: y - 12, width: 32, height: 24 };
    const text = `The ${what} lies outside of the square that the student paints; face the viewer, or correct --head.`;
    findings.push(problem('face', text, at));
  }
  if (head.openness < OPEN_EYES) {
    const at = aroundAll([head.leftEye, head.rightEye], 18);
    findings.push(warning('eyes', 'The eyes seem to be closed or hidden; only open eyes can be animated.', at));
  }
  if (head.lip < VISIBLE_MOUTH) {
    const text = 'The mouth can hardly be seen; a visible, slightly open mouth is animated better.';
    findings.push(warning('mouth', text, aroundAll([head.mouth], 12)));
  }
  return findings;
}

/** Checks what of the figure was cut by the sides or the top of the prepared picture. */
export function checkFrame({ data }: RgbaImage): Finding[] {
  const findings: Finding[] = [];
  const alongSide = (column: number) => count((k) => data[(k * FRAME_SIZE + column) * 4 + 3]!);
  const sides: readonly (readonly [string, number, Box])[] = [
    ['top', count((k) => data[k * 4 + 3]!), { left: 0, top: 0, width: FRAME_SIZE, height: 6 }],
    ['left', alongSide(0), { left: 0, top: 0, width: 6, height: FRAME_SIZE }],
    ['right', alongSide(FRAME_SIZE - 1), { left: FRAME_SIZE - 6, top: 0, width: 6, height: FRAME_SIZE }],
  ];
  for (const [side, pixels, at] of sides) {
    if (pixels < CUT_PIXELS) continue;
    const text = `The figure is cut by the ${side} edge over ${pixels} pixels; what is beyond cannot move into view.`;
    findings.push(warning('frame', text, at));
  }
  return findings;
}

/** Checks whether the picture itself ended within the figure, where that now shows inside of the frame. */
export function checkCutEdges({ width, height, data }: RgbaImage, { scale, left, top }: Placement): Finding[] {
  const opaque = (length: number, pixel: (k: number) => number) => {
    let pixels = 0;
    for (let k = 0; k < length; k++) if (data[pixel(k) * 4 + 3]! >= 128) pixels++;
    return pixels * scale;
  };
  const [right, bottom] = [left + width * scale, top + height * scale];
  const across = { left, top: 0, width: width * scale, height: 6 };
  const down = { left: 0, top, width: 6, height: height * scale };
  const edges: readonly (readonly [string, boolean, number, Box])[] = [
    ['top', top > 2, opaque(width, (k) => k), { ...across, top: top - 3 }],
    ['bottom', bottom < FRAME_SIZE - 2, opaque(width, (k) => (height - 1) * width + k), { ...across, top: bottom - 3 }],
    ['left', left > 2, opaque(height, (k) => k * width), { ...down, left: left - 3 }],
    ['right', right < FRAME_SIZE - 2, opaque(height, (k) => k * width + width - 1), { ...down, left: right - 3 }],
  ];
  return edges
    .filter(([, shows, pixels]) => shows && pixels >= CUT_PIXELS)
    .map(([side, , , at]) => {
      const text = `Your picture ends within the figure at its ${side}, so the figure has a straight edge there; use one with more of the figure.`;
      return warning('frame', text, at);
    });
}

/** Pixels along an edge that make a cut worth a word. */
const CUT_PIXELS = 12;

function count(alpha: (k: number) => number): number {
  let pixels = 0;
  for (let k = 0; k < FRAME_SIZE; k++) if (alpha(k) >= 128) pixels++;
  return pixels;
}

function aroundAll(points: readonly { x: number; y: number }[], margin: number): Box {
  const left = Math.min(...points.map(({ x }) => x)) - margin;
  const top = Math.min(...points.map(({ y }) => y)) - margin;
  const width = Math.max(...points.map(({ x }) => x)) + margin - left;
  return { left, top, width, height: Math.max(...points.map(({ y }) => y)) + margin - top };
}

export function problem(rule: Finding['rule'], text: string, at: Box | null): Finding {
  return { rule, kind: 'problem', text, at };
}

export function warning(rule: Finding['rule'], text: string, at: Box | null): Finding {
  return { rule, kind: 'warning', text, at };
}
