import { clampPose, parsePose } from '@tha4/core';
import { EMOTIONS, isEmotion, type PartialPose } from '../emotions/emotions.ts';

/**
 * A pose as people write it: the name of an emotion, parameters by name, JSON of either, or 45 numbers.
 *
 * @param where what is named in errors
 * @returns 45 numbers, each within its parameter's range
 * @throws {RangeError} when the name is not that of an emotion
 * @throws {PoseError} naming the parameter that cannot be meant
 */
export function readPose(pose: string | PartialPose | ArrayLike<number>, where: string): Float32Array {
  return clampPose(parsePose(typeof pose === 'string' ? readText(pose, where) : pose, where));
}

function readText(text: string, where: string): string | PartialPose {
  const name = text.trim();
  if (name === '') return EMOTIONS.neutral;
  if (isEmotion(name)) return EMOTIONS[name];
  if (/^[[{]/.test(name)) return name;
  throw new RangeError(`${where}: expected one of ${Object.keys(EMOTIONS).join(', ')}, got '${name}'`);
}
