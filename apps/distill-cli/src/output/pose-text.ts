import type { PoseResult } from '../commands/pose.ts';
import { counted, humanBytes } from './human.ts';
import type { Style } from './style.ts';
import { clean } from './table.ts';

/** What `tha4 pose` prints. */
export function poseText({ character, out, frames, size, fps, bytes, msPerFrame }: PoseResult, style: Style): string {
  const speed = fps === null ? '' : `, ${fps} a second`;
  const what = `${counted(frames, 'frame')} of ${size} x ${size} px${speed}, ${humanBytes(bytes)}`;
  return `${style.good('Painted')} ${style.bold(clean(character))} to ${out} (${what}; ${Math.round(msPerFrame)} ms a frame)\n`;
}
