import type { FrameSource } from './frame-source.ts';
import type { RunTrainers } from './recipe.ts';

/**
 * Asks the teacher for frame number `index` of the run and gives it to the trainers, in place of their oldest one: the
 * body's trainer of n slots always holds the newest n frames, the face's the newest n faces.
 */
export async function feedFrame(index: number, frames: FrameSource, { face, body }: RunTrainers): Promise<void> {
  const frame = await frames.frame(index);
  if (frames.hasNewFace(index)) face.put(frames.faceOf(index) % face.slots, frame);
  body.put(index % body.slots, frame);
}

/** How many frames `refill` asks for. */
export function framesToRefill(count: number, frames: FrameSource, trainers: RunTrainers): number {
  return wanted(count, frames, trainers).length;
}

/** Gives the trainers the frames that they held after `count` of them. @param onFrame called after each */
export async function refill(
  count: number,
  frames: FrameSource,
  trainers: RunTrainers,
  onFrame: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const all = wanted(count, frames, trainers);
  for (const [done, { index, forFace, forBody }] of all.entries()) {
    signal.throwIfAborted();
    const frame = await frames.frame(index);
    if (forFace) trainers.face.put(frames.faceOf(index) % trainers.face.slots, frame);
    if (forBody) trainers.body.put(index % trainers.body.slots, frame);
    onFrame(done + 1, all.length);
  }
}

function wanted(count: number, frames: FrameSource, { face, body }: RunTrainers) {
  const faces = count === 0 ? 0 : frames.faceOf(count - 1) + 1;
  return Array.from({ length: count }, (_, index) => ({
    index,
    forFace: frames.hasNewFace(index) && frames.faceOf(index) >= faces - face.slots,
    forBody: index >= count - body.slots,
  })).filter(({ forFace, forBody }) => forFace || forBody);
}
