import { type Network, type Ops, positionGrid, type Stage, type StageInput, type TeacherStages } from '@tha4/core';

import { FACE_STEPS, type TeacherSystem } from './system.ts';

/**
 * THA3's pictures have straight alpha; a frame has premultiplied ones. `warped` is the premultiplied face-morphed picture
 * moved by the editor's flow, as `TeacherFrames` says, and not the editor's own, in which colours of unlike opacity mix.
 */
const finishStage = (size: number): Stage => ({
  name: 'finish',
  networks: [],
  inputs: [
    picture('face_morphed_full', size, 4),
    picture('editor.color_changed_image', size, 4),
    picture('editor.color_change', size, 4),
    picture('editor.grid_change', size, 2),
  ],
  run: (ops, _params, inputs) =>
    ops.tidy(() => {
      const faceMorphed = premultiplied(ops, inputs.face_morphed_full!);
      return {
        posed: premultiplied(ops, inputs['editor.color_changed_image']!),
        warped: moved(ops, faceMorphed, inputs['editor.grid_change']!),
        direct: premultiplied(ops, inputs['editor.color_change']!),
        face_morphed: faceMorphed,
      };
    }),
});

function picture(name: string, size: number, channels: number): StageInput {
  return { name, shape: [size, size, channels], perPicture: false };
}

/** A system of THA3's form. */
export function tha3System(
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
      { stage: body, outputs: ['editor.color_changed_image', 'editor.color_change', 'editor.grid_change'] },
      { stage: finishStage(size), outputs: ['posed', 'warped', 'direct', 'face_morphed'] },
    ],
    frame: {
      posed: 'posed',
      warped: 'warped',
      gridChange: 'editor.grid_change',
      direct: 'direct',
      faceMorphed: 'face_morphed',
    },
  };
}

/** Straight alpha -> premultiplied, all in [-1, 1]: `p = (c + 1) (a + 1) / 2 - 1`. */
function premultiplied<T>(ops: Ops<T>, image: T): T {
  return ops.tidy(() => {
    const number = (value: number): T => ops.constant(Float32Array.of(value), [1, 1, 1, 1]);
    const [color, alpha] = ops.split(image, [3, 1]) as [T, T];
    const opacity = ops.add(ops.mul(alpha, number(0.5)), number(0.5));
    const light = ops.mul(ops.add(color, number(1)), opacity);
    return ops.concat([ops.sub(light, number(1)), alpha]);
  });
}

/** A picture sampled at each pixel's own place plus the flow. */
function moved<T>(ops: Ops<T>, image: T, flow: T): T {
  const size = ops.shape(flow)[1]!;
  return ops.gridSample(image, ops.add(ops.constant(positionGrid(size), [1, size, size, 2]), flow));
}
