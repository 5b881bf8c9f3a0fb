import { cropTensor, type Weights } from '@tha4/core';
import { assertClose } from '@tha4/test-utils';
import { describe, test } from 'vitest';
import {
  type Picture,
  type PlainWeights,
  plainEnlarge,
  plainInput,
  plainLayer,
  plainSample,
  plainWeights,
} from '../../test/support/plain-student.ts';
import {
  BODY,
  FACE,
  FACE_CROP,
  IMAGE,
  MASK,
  SIZE,
  smallBodyTrainer,
  smallFaceTrainer,
  testFrame,
} from '../../test/support/small-trainers.ts';
import { layOutParameters, unpackParameters } from './network/parameters.ts';
import { bodyShape, faceShape } from './network/shape.ts';
import type { BodyLossWeights, NetworkTrainer, TrainingFrame } from './trainer.ts';

const FACE_LOSS = { full: 1, masked: 20 };
const BODY_LOSS = { blended: 0.7, warped: 0.5, gridChange: 2, direct: 0.3 };
const SEEN_LOSS = { ...BODY_LOSS, unseen: 0.25, overpaint: 0.4 };
/** Largest alpha that still becomes byte 0. */
const UNSEEN = -1 + 1 / 255;
/** Step of the central difference (so small that no pixel's difference changes its sign), and how many weights of each tensor are moved. */
const STEP = 1e-8;
const PROBES = 3;

/** The face's loss in float64, as the papers write it. */
function plainFaceLoss(weights: PlainWeights, { pose, faceMorphed }: TrainingFrame): number {
  let x = plainInput(FACE.imageSize, pose.subarray(0, FACE.poseSize), null);
  FACE.widths.forEach((_, layer) => {
    x = plainLayer(weights, `siren.sine_layers.${layer}.linear`, x, true);
  });
  const out = plainLayer(weights, 'siren.last_linear', x, false).data;
  const target = cropTensor(faceMorphed, [SIZE, SIZE, 4], FACE_CROP);
  const mask = cropTensor(MASK, [SIZE, SIZE, 1], FACE_CROP);
  const { full, masked } = FACE_LOSS;
  return mean(out, (i) => (full + masked * mask[i >> 2]!) * Math.abs(out[i]! - target[i]!));
}

/** The body's loss in float64. */
function plainBodyLoss(
  weights: PlainWeights,
  { pose, posed, gridChange, faceMorphed }: TrainingFrame,
  { blended: forBlend, warped: forWarp, gridChange: forFlow, direct: forDirect, unseen, overpaint }: BodyLossWeights,
): number {
  let x: Picture | null = null;
  BODY.levels.forEach(({ size, widths }, level) => {
    x = plainInput(size, pose.subarray(0, BODY.poseSize), x === null ? null : plainEnlarge(x));
    widths.forEach((_, layer) => {
      x = plainLayer(weights, `siren_layers.${level}.${layer}.linear`, x!, true);
    });
  });
  const out = plainLayer(weights, 'last_linear', x!, false).data;
  const image: Picture = { size: SIZE, channels: 4, data: Float64Array.from(faceMorphed) };
  const warp = (flow: (pixel: number, axis: number) => number): number[] =>
    Array.from({ length: SIZE * SIZE }, (_, p) =>
      plainSample(image, (p % SIZE) + flow(p, 0) * (SIZE / 2), Math.floor(p / SIZE) + flow(p, 1) * (SIZE / 2)),
    ).flat();
  const warped = warp((p, axis) => out[p * 7 + axis]!);
  const wanted = warp((p, axis) => gridChange[p * 2 + axis]!);
  const alpha = (i: number): number => out[(i >> 2) * 7 + 2]!;
  const direct = (i: number): number => out[(i >> 2) * 7 + 3 + (i & 3)]!;
  const blended = (i: number): number => (1 - alpha(i)) * warped[i]! + alpha(i) * direct(i);
  const trust = (pixel: number): number => {
    const isSeen = wanted[pixel * 4 + 3]! > UNSEEN || warped[pixel * 4 + 3]! > UNSEEN;
    const over = mean([0, 1, 2, 3], (c) => Math.abs(wanted[pixel * 4 + c]! - posed[pixel * 4 + c]!));
    return (isSeen ? 1 : (unseen ?? 1)) * Math.max(1 - (overpaint ?? 0) * over, 0.1);
  };
  return (
    forBlend * mean(posed, (i) => Math.abs(blended(i) - posed[i]!)) +
    forWarp * mean(posed, (i) => trust(i >> 2) * Math.abs(warped[i]! - wanted[i]!)) +
    forFlow * mean(gridChange, (i) => trust(i >> 1) * Math.abs(out[(i >> 1) * 7 + (i & 1)]! - gridChange[i]!)) +
    forDirect * mean(posed, (i) => Math.abs(direct(i) - posed[i]!))
  );
}

/** A picture of which rows are transparent, three of every six. */
function withHoles(picture: Float32Array): Float32Array {
  return picture.map((value, i) => (i % 4 === 3 && Math.floor(i / 4 / SIZE) % 6 < 3 ? -1 : value));
}

function mean({ length }: { readonly length: number }, value: (index: number) => number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += value(i);
  return sum / length;
}

const CASES = {
  face: {
    create: () => smallFaceTrainer({ sampling: { kind: 'whole', frames: 2 } }),
    shape: faceShape(FACE),
    loss: FACE_LOSS,
    plain: plainFaceLoss,
  },
  // Three whole patches and one that is cut a side: borders, seams and the picture's ring.
  body: {
    create: () => smallBodyTrainer({ sampling: { kind: 'whole', frames: 2, cells: 4 } }),
    shape: bodyShape(BODY),
    loss: BODY_LOSS,
    plain: (weights: PlainWeights, frame: TrainingFrame) => plainBodyLoss(weights, frame, BODY_LOSS),
  },
  'body by what is seen': {
    create: () => smallBodyTrainer({ sampling: { kind: 'whole', frames: 2, cells: 4 }, image: withHoles(IMAGE) }),
    shape: bodyShape(BODY),
    loss: SEEN_LOSS,
    plain: (weights: PlainWeights, frame: TrainingFrame) => plainBodyLoss(weights, frame, SEEN_LOSS),
  },
} as const;

describe.each(['face', 'body', 'body by what is seen'] as const)('%s: gradients', (kind) => {
  test('are those of central differences in float64', async () => {
    const { create, shape, loss, plain } = CASES[kind];
    const trainer = (await create()) as NetworkTrainer<never>;
    const frames = [testFrame(0), testFrame(1)].map((frame) =>
      kind === 'body by what is seen' ? { ...frame, faceMorphed: withHoles(frame.faceMorphed) } : frame,
    );
    for (const [slot, frame] of frames.entries()) trainer.put(slot, frame);
    const before = plainWeights(trainer.weights());
    const step = await trainer.step({ rate: 1e-4, loss } as never);
    const plainLoss = (weights: PlainWeights): number => mean(frames, (i) => plain(weights, frames[i]!));
    assertClose([step.loss], [plainLoss(before)], { atol: 0, rtol: 1e-5 });

    // Adam's first moment after one update is a tenth of the gradient.
    const moments = trainer.save().get('mean') as Float32Array;
    const gradients: Weights = unpackParameters(layOutParameters(shape), moments);
    for (const [key, { data }] of gradients) {
      const tensor = before.get(key)!.data;
      const indices = Array.from({ length: PROBES }, (_, i) => Math.floor(((i + 0.5) * data.length) / PROBES));
      const slopes = indices.map((index) => {
        const at = (offset: number): number => {
          const moved = tensor.slice();
          moved[index]! += offset;
          return plainLoss(new Map([...before, [key, { shape: before.get(key)!.shape, data: moved }]]));
        };
        return (at(STEP) - at(-STEP)) / (2 * STEP);
      });
      // Float32 sums of a few thousand numbers, and slopes of up to 30.
      assertClose(
        indices.map((index) => data[index]! * 10),
        slopes,
        { atol: 2e-4, rtol: 1e-4 },
      );
    }
    trainer.dispose();
  });
});
