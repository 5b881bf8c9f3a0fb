import { FRAME_SIZE, ImageError } from '@tha4/core';
import type { Engine } from '../engines/engine.ts';
import type { Teacher } from '../teacher.ts';
import { SYSTEMS, type SystemName } from '../weights/systems.ts';
import { PreparedOfficial } from './prepared.ts';
import type { SystemWeights } from './read-weights.ts';
import { systemOf, toSystemSpace } from './systems.ts';

/**
 * The published systems as teachers, with their author's weights. They need no face mask.
 *
 * @param weights as `readSystem` gives them
 * @param engine is not disposed of with the teacher
 */
export function officialTeacher(name: SystemName, weights: SystemWeights, engine: Engine): Teacher {
  const { title, licence } = SYSTEMS[name];
  return {
    info: { name, licence, needs: `the ${title} weights` },
    async prepare(image, _mask, signal) {
      if (image.width !== FRAME_SIZE || image.height !== FRAME_SIZE) {
        throw new ImageError(
          `${name}: expected a picture of ${FRAME_SIZE}x${FRAME_SIZE}, got ${image.width}x${image.height}; make one with tha4 prepare`,
        );
      }
      return PreparedOfficial.create(engine, systemOf(name), weights, toSystemSpace(name, image), signal);
    },
  };
}
