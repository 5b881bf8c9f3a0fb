import type { Mouth } from '../find/mouth.ts';
import { clamp, smoothStep } from '../smooth.ts';
import { type Canvas, layOver, linearColour, sample } from './canvas.ts';
import { fillZone } from './fill.ts';
import { blendShapes, type MouthShape } from './mouth-shapes.ts';

/** A mouth, lifted off the face. */
export interface MouthLook {
  readonly mouth: Mouth;
  /** Its usual half width, pixels. */
  readonly unit: number;
  readonly rest: MouthShape;
  /** What the mouth adds to the face. */
  readonly drawn: Canvas;
  readonly lineColour: readonly number[];
  readonly inside: readonly number[];
  readonly tongue: readonly number[];
}

/** @param unit usual half width, pixels */
export function mouthLook(rest: Canvas, mouth: Mouth, unit: number, isSkin: (pixel: number) => boolean): MouthLook {
  const { size } = rest;
  const zone = new Float32Array(size * size);
  // Teeth at the upper edge are hardly unlike skin.
  const above = mouth.isOpen ? 3 : 1;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const across = 1 - smoothStep(mouth.halfWidth + 1.5, mouth.halfWidth + 4, Math.abs(x - mouth.x));
      zone[y * size + x] =
        across *
        smoothStep(mouth.top - above - 2.5, mouth.top - above, y) *
        (1 - smoothStep(mouth.bottom + 1, mouth.bottom + 3.5, y));
    }
  }
  const under = fillZone(rest, zone, isSkin);
  const [r, g, b] = mouth.inside;
  return {
    mouth,
    unit,
    rest: {
      width: mouth.halfWidth / unit,
      up: mouth.isOpen ? 0.1 : 0,
      upBend: 4,
      down: mouth.isOpen ? (mouth.bottom - mouth.top) / unit : 0,
      downBend: 2.6,
      teeth: 0,
    },
    drawn: { size, data: rest.data.map((value, i) => (value - under.data[i]!) * zone[i >> 2]!) },
    lineColour: linearColour([mouth.lineColour[0] * 0.9, mouth.lineColour[1] * 0.8, mouth.lineColour[2] * 0.8]),
    inside: linearColour([r * 0.76, g * 0.58, b * 0.6]),
    tongue: linearColour([r, g, b]),
  };
}

const TEETH: readonly number[] = [0.95, 0.94, 0.93];

/** Paints the mouth: at rest its own, its corners moved; with a vowel, the vowel's opening in its place. */
export function paintMouth(look: MouthLook, pose: ArrayLike<number>, canvas: Canvas): void {
  const { shape, weight } = blendShapes(pose, look.rest);
  const corners = [32, 33, 34, 35].map((index) => pose[index]!) as [number, number, number, number];
  if (weight === 0 && corners.every((value) => value === 0)) return;
  const { mouth, unit, drawn } = look;
  const { size } = canvas;
  const shown = smoothStep(0.02, 0.3, weight);
  const reach = Math.max(mouth.halfWidth, unit * 1.2) + 6;
  const there = new Float64Array(4);
  const out = new Float64Array(4);
  const last = Math.min(Math.ceil(Math.max(mouth.bottom, mouth.y + unit * 1.2) + 6), size - 1);
  for (let x = Math.max(Math.ceil(mouth.x - reach), 0); x <= Math.min(mouth.x + reach, size - 1); x++) {
    const up = cornerRise(corners, (x - mouth.x) / Math.max(mouth.halfWidth, 1)) * unit;
    for (let y = Math.max(mouth.top - 10, 0); y <= last; y++) {
      const pixel = (y * size + x) * 4;
      sample(drawn, x, y + up, there);
      for (let c = 3; c >= 0; c--) {
        const value = canvas.data[pixel + c]! - drawn.data[pixel + c]! + there[c]! * (1 - shown);
        out[c] = clamp(value, 0, c === 3 ? 1 : out[3]!);
      }
      if (shown > 0) layOpening(look, shape, x, y + up, shown, out);
      for (let c = 0; c < 4; c++) canvas.data[pixel + c] = out[c]!;
    }
  }
}

/** How far a mouth's corners lift it, in its unit; `across` is -1 and 1 at the corners, 1 on the character's left. */
function cornerRise([lowLeft, lowRight, highLeft, highRight]: readonly number[], across: number): number {
  const left = 0.42 * highLeft! - 0.36 * lowLeft!;
  const right = 0.42 * highRight! - 0.36 * lowRight!;
  const bend = Math.min(Math.abs(across), 1.3) ** 1.6;
  return (across > 0 ? left : right) * bend;
}

const PARTS = 3;

/** Lays the opening over a pixel: inside, tongue, teeth, and a line around. */
function layOpening(look: MouthLook, shape: MouthShape, x: number, y: number, shown: number, out: Float64Array): void {
  const { mouth, unit, inside, tongue, lineColour } = look;
  const dy = y - mouth.y;
  let open = 0;
  let line = 0;
  let depth = 0;
  for (let part = 0; part < PARTS; part++) {
    const u = Math.abs((x + (part + 0.5) / PARTS - 0.5 - mouth.x) / (shape.width * unit));
    if (u > 1) continue;
    const top = -shape.up * unit * (1 - u ** shape.upBend);
    const bottom = Math.max(shape.down * unit * (1 - u ** shape.downBend), top);
    open += clamp(dy - top + 0.5, 0, 1) * clamp(bottom - dy + 0.5, 0, 1) * clamp((bottom - top) / 1.5, 0, 1);
    const upper = clamp(1.1 - Math.abs(dy - top), 0, 1);
    const lower = clamp(1 - Math.abs(dy - bottom), 0, 1) * 0.75;
    line += Math.max(upper, lower);
    depth += clamp((dy - top) / Math.max(bottom - top, 0.5), 0, 1);
  }
  open /= PARTS;
  line /= PARTS;
  depth /= PARTS;
  if (open > 0) {
    const isTongue = smoothStep(0.3, 0.55, depth) * smoothStep(0.3, 0.6, shape.up + shape.down);
    const isTeeth =
      clamp((shape.teeth - depth) * (shape.up + shape.down) * unit + 0.5, 0, 1) * smoothStep(0.02, 0.1, shape.teeth);
    const colour = [0, 1, 2].map((c) => {
      const soft = inside[c]! + (tongue[c]! - inside[c]!) * isTongue;
      return soft + (TEETH[c]! - soft) * isTeeth;
    });
    layOver(out, colour, open * shown);
  }
  layOver(out, lineColour, line * 0.8 * shown);
}
