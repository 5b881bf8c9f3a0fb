import { type Network, type TeacherStages, THA4, THA4_NETWORKS, THA4_STAGES } from '@tha4/core';
import { FACE_STEPS, type TeacherSystem } from './system.ts';

/** A system of the full one's form. Of the original's 33 outputs, the parts of a frame are asked for. */
export function tha4System(
  networks: readonly Network[],
  { prepare, face, body }: TeacherStages,
  size: number,
): TeacherSystem {
  return {
    networks,
    size,
    perPicture: [{ stage: prepare, ...FACE_STEPS.prepare }],
    perPose: [
      { stage: face, ...FACE_STEPS.face },
      { stage: body, outputs: ['upscaler.merged', 'upscaler.warped', 'upscaler.grid_change', 'upscaler.direct'] },
    ],
    frame: {
      posed: 'upscaler.merged',
      warped: 'upscaler.warped',
      gridChange: 'upscaler.grid_change',
      direct: 'upscaler.direct',
      faceMorphed: 'face_morphed_full',
    },
  };
}

/** The full system. */
export const THA4_SYSTEM: TeacherSystem = tha4System(THA4_NETWORKS, THA4_STAGES, THA4.upscaler.imageSize);
