import { ROW } from '../layer';
import { loadColour, signTimes, sum } from './stored';

/**
 * The face's loss, sum over pixels of weight * mean over channels of |painted - target|, and in place its gradient.
 *
 * @param out rows of the network's 8 outputs (4 in use); they take the gradient
 * @param list one u32 a pixel, row << 16 | column; `weights` one f32 a pixel
 * @param target `[size, size, 4]`
 */
export function faceLoss(out: usize, list: usize, weights: usize, pixels: i32, target: usize, size: i32, exact: i32): f64 {
  let loss: f64 = 0;
  do {
    const packed = load<u32>(list);
    const weight: f32 = load<f32>(weights) * 0.25;
    const index = <i32>(packed >>> 16) * size + <i32>(packed & 0xffff);
    const d = f32x4.sub(v128.load(out), loadColour(target, index, exact));
    loss += <f64>(sum(f32x4.abs(d)) * weight);
    v128.store(out, signTimes(d, weight));
    v128.store(out, f32x4.splat(0), 16);
    list += 4;
    weights += 4;
    out += ROW;
  } while (--pixels);
  return loss;
}
