import type { FrameSource } from './frame-source.ts';
import type { RunTrainers } from './recipe.ts';

/**
 * Asks the teacher for frame number `index` of the run and gives it to both trainers, in place of their oldest one: a
 * trainer of n slots always holds the newest n frames.
 */
export async function feedFrame(index: number, frames: FrameSource, { face, body }: RunTrainers): Promise<void> {
  const frame = await frames.frame(index);
  for (const trainer of [face, body]) trainer.put(index % trainer.slots, frame);
}

/** Gives both trainers the frames that they held after `count` of them. @param onFrame called after each */
export async function refill(
  count: number,
  frames: FrameSource,
  { face, body }: RunTrainers,
  onFrame: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const first = Math.max(0, count - Math.max(face.slots, body.slots));
  for (let index = first; index < count; index++) {
    signal.throwIfAborted();
    const frame = await frames.frame(index);
    for (const trainer of [face, body]) {
      if (index >= count - trainer.slots) trainer.put(index % trainer.slots, frame);
    }
    onFrame(index - first + 1, count - first);
  }
}
