// What of a student's shape decides how its passes are cut.
import { BackendError, type StudentConfig } from '@tha4/core';
import type { LevelPlan } from '../plan/student-plan.ts';
import { SOFTWARE_BLOCKING } from './shaders/blocking.ts';
import { FINISH_GROUPS, FINISH_LAYERS } from './shaders/finish-shader.ts';
import { groupCount } from './shaders/storage.ts';

/** How many sine layers of the last level its one pass takes. */
export function layersToFinish({ sines }: LevelPlan): number {
  let count = 0;
  while (count < FINISH_LAYERS && groupCount(sines.at(-1 - count)?.outputs ?? Infinity) <= FINISH_GROUPS) count++;
  return count;
}

/** Whether all squares can be cut into blocks, and a thread can write one. */
export function fitsBlocks({ face, body }: StudentConfig, targets: number): boolean {
  const { side } = SOFTWARE_BLOCKING;
  const sizes = [face.imageSize, ...body.levels.map(({ size }) => size)];
  return sizes.every((size) => size % side === 0) && targets >= side ** 2 * 2;
}

/** Refuses levels that are not each twice the one below. @throws {BackendError} */
export function checkSizes({ body }: StudentConfig): void {
  body.levels.forEach(({ size }, index) => {
    const below = body.levels[index - 1]?.size ?? size / 2;
    if (size !== below * 2) {
      throw new BackendError(
        `webgl: expected each level twice as large as the one below, got ${below}, ${size}; use tfjs`,
      );
    }
  });
}
