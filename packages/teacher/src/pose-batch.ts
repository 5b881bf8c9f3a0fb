import { validatePose } from '@tha4/core';
import type { TeacherFrames } from './teacher.ts';

/**
 * Frames of a batch, painted one by one; between them a cancellation is let in.
 *
 * @param size side of the frames, pixels
 * @param paint writes a pose's frame at place `index` of the batch
 * @throws {PoseError} for what is no pose
 * @throws {DOMException} AbortError when `signal` aborts
 */
export async function poseBatch(
  size: number,
  poses: readonly Float32Array[],
  signal: AbortSignal | undefined,
  paint: (pose: Float32Array, frames: TeacherFrames, index: number) => void,
): Promise<TeacherFrames> {
  const count = poses.length;
  const floats = (channels: number): Float32Array => new Float32Array(count * size * size * channels);
  const frames: TeacherFrames = {
    count,
    size,
    posed: floats(4),
    warped: floats(4),
    gridChange: floats(2),
    direct: floats(4),
    faceMorphed: floats(4),
  };
  for (const [index, pose] of poses.entries()) {
    signal?.throwIfAborted();
    paint(validatePose(pose, `pose ${index}`), frames, index);
    // Painting never yields by itself.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  signal?.throwIfAborted();
  return frames;
}
