import { type Network, type Ops, positionGrid } from '@tha4/core';
import { eyebrowStages, faceStage, poseValues } from './face-stages.ts';
import { ofPose, type Stage, type TeacherSystem } from './stage.ts';
import { GEOMETRY, type Geometry } from './tha4.ts';

/**
 * THA3. Its pictures have straight alpha, and what it paints is turned into premultiplied ones at the end; so `warped`
 * is the premultiplied face-morphed picture moved by the editor's flow, as `TeacherFrames` says, and not the editor's own.
 *
 * @param networks decomposer, combiner, face morpher, rotator, editor
 * Source: `poser/modes/standard_float.py` and `separable_float.py` of the THA3 demo.
 */
export function tha3System(networks: readonly Network[], geometry: Geometry = GEOMETRY): TeacherSystem {
  const [decomposer, combiner, face, rotator, editor] = networks as [Network, Network, Network, Network, Network];
  const { decompose, combine } = eyebrowStages(decomposer, combiner, geometry);
  const straight = faceStage(face, geometry);
  return {
    networks,
    size: geometry.size,
    perPicture: [decompose],
    perPose: [
      combine,
      {
        ...straight,
        run: (ops, params, inputs) => ({ straightFace: straight.run(ops, params, inputs).faceMorphed! }),
      },
      rotateStage(rotator, geometry),
      editStage(editor, geometry),
    ],
  };
}

function rotateStage(network: Network, { size, bodySize }: Geometry): Stage {
  return {
    name: network.name,
    network,
    inputs: [ofPose('straightFace', size, size, 4), ofPose('pose', 45)],
    run: (ops, params, { straightFace, pose }) =>
      ops.tidy(() => {
        const image = ops.resizeBilinear(straightFace!, bodySize, bodySize);
        const { warped_image, grid_change } = network.run(ops, params, { image, pose: poseValues(ops, pose!, 'body') });
        return {
          coarse: ops.resizeBilinear(warped_image!, size, size),
          coarseFlow: ops.resizeBilinear(grid_change!, size, size),
        };
      }),
  };
}

function editStage(network: Network, { size }: Geometry): Stage {
  const picture = (name: string, channels: number) => ofPose(name, size, size, channels);
  return {
    name: network.name,
    network,
    inputs: [picture('straightFace', 4), picture('coarse', 4), picture('coarseFlow', 2), ofPose('pose', 45)],
    run: (ops, params, { straightFace, coarse, coarseFlow, pose }) =>
      ops.tidy(() => {
        const { color_changed_image, color_change, grid_change } = network.run(ops, params, {
          input_original_image: straightFace!,
          input_warped_image: coarse!,
          input_grid_change: coarseFlow!,
          pose: poseValues(ops, pose!, 'body'),
        });
        const faceMorphed = premultiplied(ops, straightFace!);
        return {
          posed: premultiplied(ops, color_changed_image!),
          warped: moved(ops, faceMorphed, grid_change!),
          gridChange: grid_change!,
          direct: premultiplied(ops, color_change!),
          faceMorphed,
        };
      }),
  };
}

/** Colours in [-1, 1] with straight alpha -> premultiplied: `(c + 1) (a + 1) / 2 - 1` with a in [-1, 1], too. */
export function premultiplied<T>(ops: Ops<T>, image: T): T {
  return ops.tidy(() => {
    const number = (value: number): T => ops.constant(Float32Array.of(value), [1, 1, 1, 1]);
    const [color, alpha] = ops.split(image, [3, 1]) as [T, T];
    const opacity = ops.add(ops.mul(alpha, number(0.5)), number(0.5));
    const light = ops.mul(ops.add(color, number(1)), opacity);
    return ops.concat([ops.sub(light, number(1)), alpha]);
  });
}

/** A picture moved by a flow: sampled at each pixel's own place plus the flow. */
function moved<T>(ops: Ops<T>, image: T, flow: T): T {
  const size = ops.shape(flow)[1]!;
  return ops.gridSample(image, ops.add(ops.constant(positionGrid(size), [1, size, size, 2]), flow));
}
