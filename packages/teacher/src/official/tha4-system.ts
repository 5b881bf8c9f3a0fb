import { FRAME_SIZE, THA4_NETWORKS, THA4_STAGES } from '@tha4/core';
import { FACE_STEPS, type TeacherSystem } from './system.ts';

const { prepare, face, body } = THA4_STAGES;

/** The full system. Of the 33 outputs of the original, the parts of a frame are asked for. */
export const THA4_SYSTEM: TeacherSystem = {
  networks: THA4_NETWORKS,
  size: FRAME_SIZE,
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
