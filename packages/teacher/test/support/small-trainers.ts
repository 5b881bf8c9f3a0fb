import type { BodyMorpherConfig, FaceMorpherConfig } from '@tha4/core';
import { hashUniform } from '@tha4/test-utils';
import { BodyTrainer, type BodyTrainerOptions } from '../../src/training/body/body-trainer.ts';
import { FaceTrainer, type FaceTrainerOptions } from '../../src/training/face/face-trainer.ts';
import { ORIGINAL_START } from '../../src/training/network/initial-weights.ts';
import type { TrainingFrame } from '../../src/training/trainer.ts';

/** Side of the test's pictures. */
export const SIZE = 32;
export const FACE_CROP = { top: 8, left: 4, height: 16, width: 16 };
/** Where the test's `faceMorphed` differs from its picture. */
export const MOVED = { top: 4, left: 2, height: 22, width: 20 };
export const FACE: FaceMorpherConfig = { imageSize: 16, poseSize: 6, widths: [12, 10, 8] };
/** Widths that are no multiples of four, so that padding is tested. */
export const BODY: BodyMorpherConfig = {
  poseSize: 7,
  levels: [
    { size: 8, widths: [13, 10] },
    { size: 16, widths: [11, 9] },
    { size: SIZE, widths: [10, 6] },
  ],
};

const noise = (key: string, count: number, scale: number): Float32Array =>
  Float32Array.from(hashUniform(key, count), (value) => value * scale);

export const IMAGE: Float32Array = noise('image', SIZE * SIZE * 4, 0.9);
export const MASK: Float32Array = noise('mask', SIZE * SIZE, 1).map((value) => (value > 0.3 ? 1 : 0));

const COMMON = {
  seed: 5,
  slots: 3,
  image: IMAGE,
  start: ORIGINAL_START,
  averageUpdates: 0,
  exact: true,
  variant: 'plain',
  threads: 1,
  createThread: null,
} as const;

/** A frame of noise whose face differs from the picture. */
export function testFrame(index: number): TrainingFrame {
  const faceMorphed = IMAGE.slice();
  const own = noise(`face ${index}`, SIZE * SIZE * 4, 0.9);
  for (let y = MOVED.top; y < MOVED.top + MOVED.height; y++) {
    const [from, to] = [(y * SIZE + MOVED.left) * 4, (y * SIZE + MOVED.left + MOVED.width) * 4];
    faceMorphed.set(own.subarray(from, to), from);
  }
  return {
    pose: noise(`pose ${index}`, 45, 1),
    posed: noise(`posed ${index}`, SIZE * SIZE * 4, 0.9),
    warped: noise(`warped ${index}`, SIZE * SIZE * 4, 0.9),
    gridChange: noise(`flow ${index}`, SIZE * SIZE * 2, 0.2),
    faceMorphed,
  };
}

export function smallFaceTrainer(options: Partial<FaceTrainerOptions> = {}): Promise<FaceTrainer> {
  return FaceTrainer.create({
    ...COMMON,
    config: FACE,
    crop: FACE_CROP,
    imageSize: SIZE,
    mask: MASK,
    sampling: { kind: 'points', tiles: 20, masked: 0.3, moving: 0.3 },
    ...options,
  });
}

export function smallBodyTrainer(options: Partial<BodyTrainerOptions> = {}): Promise<BodyTrainer> {
  return BodyTrainer.create({
    ...COMMON,
    config: BODY,
    moved: MOVED,
    face: FACE_CROP,
    keepWarped: false,
    sampling: {
      kind: 'patches',
      sizes: [
        { cells: 4, patches: 20 },
        { cells: 2, patches: 40 },
      ],
      painted: 0.3,
      moving: 0.3,
      face: 0.2,
      emphasis: 0.5,
    },
    ...options,
  });
}
