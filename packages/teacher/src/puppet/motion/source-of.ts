import { smoothStep } from '../smooth.ts';
import type { Figure } from './figure.ts';

/** The six parameters that move head and body. */
export interface BodyPose {
  readonly headX: number;
  readonly headY: number;
  readonly neckZ: number;
  readonly bodyY: number;
  readonly bodyZ: number;
  readonly breathing: number;
}

/** Takes parameters 39 to 44 out of a pose. */
export function bodyPose(pose: ArrayLike<number>): BodyPose {
  return {
    headX: pose[39]!,
    headY: pose[40]!,
    neckZ: pose[41]!,
    bodyY: pose[42]!,
    bodyZ: pose[43]!,
    breathing: pose[44]!,
  };
}

// Strengths, measured on real students (pixels of a 512 picture, radians): how far the middle of the face moves, how
// far head and body turn in the picture.
const HEAD_UP = 10.5;
const HEAD_DOWN = 13;
const HEAD_ASIDE = 9.5;
const NECK_ROLL = 0.168;
const BODY_ROLL = 0.085;
const BODY_ASIDE = 5;
/** A turning body takes this share of a head's turn along. */
const HEAD_WITH_BODY = 0.3;
const BREATH = 2;
/** Row about which the body rolls. */
const HIP = 385;

/**
 * Where the pixel at (x, y) of the frame comes from in the picture: undoes, in this order, the roll of the body, its
 * turn and breath, the roll of the neck, and the turn of the head. Head and torso are rounded: what is nearer to the
 * viewer moves further, and what lies behind moves the other way.
 *
 * @param x column and `y` row, pixels
 * @param out takes the column and row
 */
export function sourceOf(pose: BodyPose, figure: Figure, x: number, y: number, out: Float64Array): void {
  const { centre, chin } = figure;
  const turn = BODY_ROLL * pose.bodyZ;
  let px = x;
  let py = y;
  if (turn !== 0) {
    const sin = Math.sin(turn);
    const cos = Math.cos(turn);
    px = centre + (x - centre) * cos - (y - HIP) * sin;
    py = HIP + (x - centre) * sin + (y - HIP) * cos;
  }
  const fromChin = py - chin;
  if (pose.bodyY !== 0) {
    px += BODY_ASIDE * pose.bodyY * torsoTurn((px - centre) / 72) * torsoHeight(fromChin);
  }
  if (pose.breathing !== 0) py += BREATH * pose.breathing * chest((px - centre) / 80) * breathHeight(fromChin);
  if (pose.neckZ !== 0) {
    const neck = chin + 22;
    const weight = 1 - smoothStep(-6, 26, fromChin - 6 * Math.min(Math.abs(px - centre) / 40, 1.5));
    const angle = NECK_ROLL * pose.neckZ * weight;
    const sin = Math.sin(angle);
    const cos = Math.cos(angle);
    const dx = px - centre;
    const dy = py - neck;
    px = centre + dx * cos - dy * sin;
    py = neck + dx * sin + dy * cos;
  }
  const aside = HEAD_ASIDE * (pose.headY + HEAD_WITH_BODY * pose.bodyY);
  const up = pose.headX > 0 ? HEAD_UP * pose.headX : HEAD_DOWN * pose.headX;
  if (aside !== 0 || up !== 0) {
    // The head's shape belongs to the picture, not to the frame: look it up half way there.
    const qx = px + aside * 0.5;
    const qy = py + up * 0.5;
    const u = (qx - centre) / 60;
    const depth = headHeight(qy - chin, u);
    px += aside * headTurn(u) * depth;
    py += up * headNod(u) * depth;
  }
  out[0] = px;
  out[1] = py;
}

/** How far the head's surface moves in a turn aside, by the distance from its middle: 1 there, below 0 behind. */
function headTurn(u: number): number {
  return 1.16 * Math.exp(-1.2 * Math.abs(u * u * u)) - 0.16;
}

/** The same in a nod. */
function headNod(u: number): number {
  return 1.1 * Math.exp(-0.9 * u * u * u * u) - 0.1;
}

/**
 * The same by the row, from the chin: the crown turns little, neck and body not at all. The motion ends below the jaw's
 * line, which rises to both sides, so that the face keeps its outline.
 */
function headHeight(fromChin: number, u: number): number {
  const jaw = -22 * Math.min(u * u, 0.5);
  return (0.3 + 0.7 * smoothStep(-134, -88, fromChin)) * (1 - smoothStep(jaw - 1, jaw + 17, fromChin));
}

/** The same for a turning torso; sleeves, capes and long hair far from its middle lie behind it. */
function torsoTurn(u: number): number {
  return 1.3 * Math.exp(-(u * u * u * u)) - 0.3 - 1.1 * smoothStep(1.5, 2.3, Math.abs(u));
}

function torsoHeight(fromChin: number): number {
  return smoothStep(10, 90, fromChin) * (1 - 0.6 * smoothStep(230, 310, fromChin));
}

function chest(u: number): number {
  return Math.exp(-(u * u * u * u));
}

function breathHeight(fromChin: number): number {
  return smoothStep(-6, 26, fromChin) * (1 - smoothStep(95, 165, fromChin));
}
