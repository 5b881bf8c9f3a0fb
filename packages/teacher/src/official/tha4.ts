import { type Crop, EYEBROW_CROP, FRAME_SIZE, type Network, type Ops, TEACHER_FACE_CROP } from '@tha4/core';
import { eyebrowStages, faceStage, poseValues } from './face-stages.ts';
import { ofPose, type Stage, type TeacherSystem } from './stage.ts';

/** Where the parts of a picture lie, pixels. */
export interface Geometry {
  readonly size: number;
  readonly eyebrows: Crop;
  readonly face: Crop;
  /** Side of the picture that the body network sees. */
  readonly bodySize: number;
}

export const GEOMETRY: Geometry = {
  size: FRAME_SIZE,
  eyebrows: EYEBROW_CROP,
  face: TEACHER_FACE_CROP,
  bodySize: FRAME_SIZE / 2,
};

/** How many values of the pose each of the original's networks sees, in the pose's order. */
export const POSE_PARTS = { eyebrows: 12, face: 27, body: 6 } as const;

/**
 * The full system.
 *
 * @param networks decomposer, combiner, face morpher, body morpher, upscaler
 * Source: `poser/modes/mode_07.py` of the THA4 demo.
 */
export function tha4System(networks: readonly Network[], geometry: Geometry = GEOMETRY): TeacherSystem {
  const [decomposer, combiner, face, body, upscaler] = networks as [Network, Network, Network, Network, Network];
  return {
    networks,
    size: geometry.size,
    perPicture: [eyebrowStages(decomposer, combiner, geometry).decompose],
    perPose: [
      eyebrowStages(decomposer, combiner, geometry).combine,
      faceStage(face, geometry),
      bodyStage(body, geometry),
      upscaleStage(upscaler, geometry),
    ],
  };
}

function bodyStage(network: Network, { size, bodySize }: Geometry): Stage {
  return {
    name: network.name,
    network,
    inputs: [ofPose('faceMorphed', size, size, 4), ofPose('pose', 45)],
    run: (ops, params, { faceMorphed, pose }) =>
      ops.tidy(() => {
        const image = ops.resizeBilinear(faceMorphed!, bodySize, bodySize);
        const { merged, grid_change } = network.run(ops, params, { image, pose: poseValues(ops, pose!, 'body') });
        return { coarse: enlarge(ops, merged!, size), coarseFlow: enlarge(ops, grid_change!, size) };
      }),
  };
}

function upscaleStage(network: Network, { size }: Geometry): Stage {
  const picture = (name: string, channels: number) => ofPose(name, size, size, channels);
  return {
    name: network.name,
    network,
    inputs: [picture('faceMorphed', 4), picture('coarse', 4), picture('coarseFlow', 2), ofPose('pose', 45)],
    run: (ops, params, { faceMorphed, coarse, coarseFlow, pose }) =>
      ops.tidy(() => {
        const { merged, warped, grid_change, direct } = network.run(ops, params, {
          rest_image: faceMorphed!,
          coarse_posed_image: coarse!,
          coarse_grid_change: coarseFlow!,
          pose: poseValues(ops, pose!, 'body'),
        });
        return { posed: merged!, warped: warped!, gridChange: grid_change!, direct: direct! };
      }),
  };
}

function enlarge<T>(ops: Ops<T>, x: T, size: number): T {
  return ops.resizeBilinear(x, size, size);
}
