// The body's loss over a patch: from the seven outputs to the frame, to the four L1 terms, and back.
import { ROW } from '../layer';
import { madd } from '../sine';
import { loadColour, loadNumber, signTimes, sum } from './stored';

// The picture that is warped: one for all frames, but for a rectangle that each frame has of its own.
let base: usize, inset: usize, top: i32, left: i32, height: i32, width: i32, side: i32, exact: i32;

/** What the terms of flow and warped picture keep where the teacher paints over them. */
const LEAST_TRUST: f32 = 0.1;
/** Largest alpha in model space that still becomes byte 0. */
const UNSEEN: f32 = -1.0 + 1.0 / 255.0;

// What `sample` leaves behind: the colour, and its derivatives for x and y in pixels.
let colour: v128 = f32x4.splat(0), slopeX: v128 = f32x4.splat(0), slopeY: v128 = f32x4.splat(0);

// @ts-ignore: decorator
@inline
function pixel(row: i32, column: i32): v128 {
  const r = row - top;
  const c = column - left;
  if (<u32>r < <u32>height && <u32>c < <u32>width) return loadColour(inset, r * width + c, exact);
  return loadColour(base, row * side + column, exact);
}

/** Samples the picture (bilinear, border clamped) at pixel coordinates; where one is clamped, its slope is 0. */
function sample(atX: f32, atY: f32): void {
  const last = <f32>(side - 1);
  const x = min(max(atX, 0), last);
  const y = min(max(atY, 0), last);
  const column = <i32>x;
  const row = <i32>y;
  const right = min(column + 1, side - 1);
  const below = min(row + 1, side - 1);
  const fx = f32x4.splat(x - <f32>column);
  const fy = f32x4.splat(y - <f32>row);
  const a = pixel(row, column), b = pixel(row, right);
  const c = pixel(below, column), d = pixel(below, right);
  const across = f32x4.sub(b, a);
  const acrossBelow = f32x4.sub(d, c);
  const upper = madd(across, fx, a);
  const down = f32x4.sub(madd(acrossBelow, fx, c), upper);
  colour = madd(down, fy, upper);
  slopeX = atX > 0 && atX < last ? madd(f32x4.sub(acrossBelow, across), fy, across) : f32x4.splat(0);
  slopeY = atY > 0 && atY < last ? down : f32x4.splat(0);
}

/** Says what `bodyLoss` warps from now on. @param base_ `[size, size, 4]`; `inset_` `[height, width, 4]` over it */
export function setPicture(base_: usize, inset_: usize, top_: i32, left_: i32, height_: i32, width_: i32, size: i32, exact_: i32): void {
  base = base_;
  inset = inset_;
  top = top_;
  left = left_;
  height = height_;
  width = width_;
  side = size;
  exact = exact_;
}

/**
 * Sum over the patch's pixels of weight * (blended, warped, flow and direct L1), and in place its gradient.
 *
 * The colour branch is compared with the posed picture; alpha has no term of its own. `setPicture` comes first.
 *
 * Where neither the wanted nor the student's warped picture shows anything, it does not matter where the flow comes from:
 * there the terms of flow and warped picture count `unseen` times. Where the teacher paints over what it warps, they count
 * less by `overpaint` times the mean difference of both, down to a tenth.
 *
 * @param flowSoftness errors of the flow below this count squared (Huber), in units of the flow; 0: none
 * @param unseen 1: everywhere alike
 * @param overpaint 0: everywhere alike
 * @param out rows of flow x, flow y, alpha, R, G, B, A, nothing; they take the gradient
 * @param weights one f32 a pixel, `[patch, patch]`; 0 for pixels outside the picture
 * @param posed `[size, size, 4]`; `flow` `[size, size, 2]`; `warped` `[size, size, 4]`, or 0: the picture warped by `flow`
 */
export function bodyLoss(
  out: usize, startY: i32, startX: i32, patch: i32, weights: usize,
  posed: usize, flow: usize, warped: usize,
  blendedWeight: f32, warpedWeight: f32, flowWeight: f32, directWeight: f32, flowSoftness: f32, unseen: f32, overpaint: f32,
): f64 {
  let loss: f64 = 0;
  const scale: f32 = 1 / <f32>side;
  const half: f32 = 0.5 * <f32>side;
  for (let i = 0; i < patch; i++) {
    for (let j = 0; j < patch; j++) {
      const weight = load<f32>(weights);
      if (weight == 0) {
        v128.store(out, f32x4.splat(0));
        v128.store(out, f32x4.splat(0), 16);
      } else {
        const row = startY + i;
        const column = startX + j;
        const index = row * side + column;
        const centreX: f32 = <f32>(column + column + 1) * scale - 1;
        const centreY: f32 = <f32>(row + row + 1) * scale - 1;
        const flowX = loadNumber(flow, index + index, exact);
        const flowY = loadNumber(flow, index + index + 1, exact);
        let wantedWarp: v128;
        if (warped) wantedWarp = loadColour(warped, index, exact);
        else {
          sample((centreX + flowX + 1) * half - 0.5, (centreY + flowY + 1) * half - 0.5);
          wantedWarp = colour;
        }
        const wanted = loadColour(posed, index, exact);
        const moveX = load<f32>(out);
        const moveY = load<f32>(out, 4);
        sample((centreX + moveX + 1) * half - 0.5, (centreY + moveY + 1) * half - 0.5);
        const alpha = v128.load32_splat(out, 8);
        const direct = v128.load(out, 12);
        const over = f32x4.sub(direct, colour);
        const offBlend = f32x4.sub(madd(over, alpha, colour), wanted);
        const offWarp = f32x4.sub(colour, wantedWarp);
        const offDirect = f32x4.sub(direct, wanted);
        const offX = moveX - flowX;
        const offY = moveY - flowY;
        const forBlend: f32 = blendedWeight * weight * 0.25;
        const isSeen = f32x4.extract_lane(wantedWarp, 3) > UNSEEN || f32x4.extract_lane(colour, 3) > UNSEEN;
        const paintedOver: f32 = overpaint * 0.25 * sum(f32x4.abs(f32x4.sub(wantedWarp, wanted)));
        const trust: f32 = (isSeen ? <f32>1 : unseen) * max<f32>(<f32>1 - paintedOver, LEAST_TRUST);
        const forWarp: f32 = warpedWeight * weight * 0.25 * trust;
        const forFlow: f32 = flowWeight * weight * 0.5 * trust;
        const forDirect: f32 = directWeight * weight * 0.25;
        loss += <f64>(
          sum(f32x4.abs(offBlend)) * forBlend + sum(f32x4.abs(offWarp)) * forWarp +
          (soft(offX, flowSoftness) + soft(offY, flowSoftness)) * forFlow + sum(f32x4.abs(offDirect)) * forDirect
        );
        const dBlend = signTimes(offBlend, forBlend);
        const dWarp = f32x4.add(f32x4.sub(dBlend, f32x4.mul(dBlend, alpha)), signTimes(offWarp, forWarp));
        const slopeOfX = softSlope(offX, flowSoftness);
        const slopeOfY = softSlope(offY, flowSoftness);
        v128.store(out, madd(dBlend, alpha, signTimes(offDirect, forDirect)), 12);
        store<f32>(out, sum(f32x4.mul(dWarp, slopeX)) * half + slopeOfX * forFlow);
        store<f32>(out, sum(f32x4.mul(dWarp, slopeY)) * half + slopeOfY * forFlow, 4);
        store<f32>(out, sum(f32x4.mul(dBlend, over)), 8);
        store<f32>(out, 0, 28);
      }
      weights += 4;
      out += ROW;
    }
  }
  return loss;
}

/** An error's size; below `softness`, its square, scaled so that both meet. */
// @ts-ignore: decorator
@inline
function soft(off: f32, softness: f32): f32 {
  const size = abs(off);
  return size < softness ? (size * size) / (softness + softness) : size - 0.5 * softness;
}

/** Its slope. */
// @ts-ignore: decorator
@inline
function softSlope(off: f32, softness: f32): f32 {
  if (abs(off) < softness) return off / softness;
  return <f32>(<i32>(off > 0) - <i32>(off < 0));
}
