import type { SystemName } from '@tha4/teacher/weights';

/**
 * Seconds of the PyTorch reference, float32, one thread of a shared 2-core EPYC, best of 3; the whole frame without a
 * decomposer that has run before. Source: the golden data's READMEs, "Run times of the reference".
 */
export const PYTORCH_SECONDS: Readonly<Record<SystemName, Readonly<Record<string, number>>>> = {
  tha4: {
    eyebrow_decomposer: 0.45,
    eyebrow_morphing_combiner: 0.7,
    face_morpher: 1.06,
    body_morpher: 6.2,
    upscaler: 7.2,
    frame: 16 - 0.45,
  },
  tha3: {
    eyebrow_decomposer: 0.29,
    eyebrow_morphing_combiner: 0.29,
    face_morpher: 0.65,
    two_algo_face_body_rotator: 1.41,
    editor: 2.09,
    frame: 4.8 - 0.29,
  },
  'tha3-separable': {
    eyebrow_decomposer: 0.09,
    eyebrow_morphing_combiner: 0.1,
    face_morpher: 0.21,
    two_algo_face_body_rotator: 0.28,
    editor: 0.95,
    frame: 1.4 - 0.09,
  },
};
