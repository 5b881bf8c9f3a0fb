import type { CompareResult } from '../commands/compare.ts';
import { humanDecibels } from './human.ts';
import type { Style } from './style.ts';
import { clean } from './table.ts';

/** What `tha4 compare` prints. */
export function compareText({ a, b, out, poses, mean, convention }: CompareResult, style: Style): string {
  const row = (name: string, frame: string, ssim: string, face: string, faceSsim: string): string =>
    `  ${name.padEnd(10)}${frame.padStart(10)}${ssim.padStart(9)}${face.padStart(11)}${faceSsim.padStart(11)}\n`;
  const numbers = (name: string, each: CompareResult['mean']): string =>
    row(name, humanDecibels(each.psnr), each.ssim.toFixed(4), humanDecibels(each.facePsnr), each.faceSsim.toFixed(4));
  const head = style.dim(row('', 'PSNR', 'SSIM', 'face PSNR', 'face SSIM'));
  const lines = poses.map((pose) => numbers(pose.name, pose)).join('');
  const title = `${style.bold(clean(a))} and ${style.bold(clean(b))}`;
  return `${title} on ${out} (left, right, difference)\n${head}${lines}${numbers('mean', mean)}  ${style.dim(convention)}\n`;
}
