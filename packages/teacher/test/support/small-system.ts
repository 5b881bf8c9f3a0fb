import { type Checkpoint, type Crop, type Network, type Stage, THA4, type Tha4Config } from '@tha4/core';
import { outputsOf } from '../../../core/src/models/stage.ts';
import {
  eyebrowDecomposerNetwork,
  eyebrowMorphingCombinerNetwork,
  teacherBodyMorpherNetwork,
  teacherFaceMorpherNetwork,
  upscalerNetwork,
} from '../../../core/src/models/tha4/networks.ts';
import { rotateTha4Body } from '../../../core/src/models/tha4/pipeline.ts';
import { faceStage, prepareStage } from '../../../core/src/models/tha4/stages.ts';
import type { TeacherSystem } from '../../src/official/system.ts';
import { THA4_SYSTEM } from '../../src/official/tha4-system.ts';
import { syntheticCheckpoint } from './synthetic-system.ts';

/** A system with synthetic weights. */
export interface SmallSystem {
  readonly system: TeacherSystem;
  readonly weights: ReadonlyMap<string, Checkpoint>;
}

/** Pictures of 32 pixels, in which eyebrows and face lie at the upper left; the networks of the golden data. */
export function tinySystem(): SmallSystem {
  const crop: Crop = { top: 0, left: 0, width: 32, height: 32 };
  const face = { imageSize: 32, startChannels: 8, maxChannels: 16, bottleneckSize: 8, bottleneckBlocks: 4 };
  const body = {
    imageSize: 32,
    modelChannels: 6,
    multipliers: [1, 2, 2],
    attention: [false, false, true],
    timeChannels: 6,
    conditionChannels: 16,
    heads: 4,
  };
  return reduced('tha4-small', 32, {
    eyebrowDecomposer: { ...THA4.eyebrowDecomposer, ...face },
    eyebrowMorphingCombiner: { ...THA4.eyebrowMorphingCombiner, ...face },
    faceMorpher: { ...THA4.faceMorpher, ...face },
    bodyMorpher: { ...THA4.bodyMorpher, ...body },
    upscaler: { ...THA4.upscaler, ...body },
    eyebrowCrop: crop,
    faceCrop: crop,
  });
}

/** Pictures and crops as large as ever, but few channels, so that a frame takes a moment. */
export function narrowSystem(): SmallSystem {
  const face = { startChannels: 4, maxChannels: 8, bottleneckBlocks: 2 };
  const body = { modelChannels: 4, middleBlocks: 2, timeChannels: 4, conditionChannels: 8, heads: 2 };
  return reduced('tha4-narrow', THA4_SYSTEM.size, {
    ...THA4,
    eyebrowDecomposer: { ...THA4.eyebrowDecomposer, ...face },
    eyebrowMorphingCombiner: { ...THA4.eyebrowMorphingCombiner, ...face },
    faceMorpher: { ...THA4.faceMorpher, ...face },
    bodyMorpher: { ...THA4.bodyMorpher, ...body, multipliers: [1, 1, 1, 1, 1] },
    upscaler: { ...THA4.upscaler, ...body, multipliers: [1, 1, 1, 1, 1, 1] },
  });
}

function reduced(family: string, size: number, config: Tha4Config): SmallSystem {
  const networks: readonly Network[] = [
    eyebrowDecomposerNetwork(family, config.eyebrowDecomposer),
    eyebrowMorphingCombinerNetwork(family, config.eyebrowMorphingCombiner),
    teacherFaceMorpherNetwork(family, config.faceMorpher),
    teacherBodyMorpherNetwork(family, config.bodyMorpher),
    upscalerNetwork(family, config.upscaler),
  ];
  const [prepare, face, body] = [...THA4_SYSTEM.perPicture, ...THA4_SYSTEM.perPose];
  const rotate: Stage = {
    ...body!.stage,
    networks: networks.slice(3),
    run: (ops, params, { face_morphed_full: image, pose }) =>
      ops.tidy(() => {
        const own = { bodyMorpher: params.body_morpher!, upscaler: params.upscaler! };
        const { upscaler, bodyMorpher } = rotateTha4Body(ops, config, own, image!, pose!);
        return { ...outputsOf('upscaler', upscaler), ...outputsOf('body_morpher', bodyMorpher) };
      }),
  };
  const system: TeacherSystem = {
    ...THA4_SYSTEM,
    networks,
    size,
    perPicture: [{ ...prepare!, stage: ofSize(prepareStage(config, networks), size) }],
    perPose: [
      { ...face!, stage: ofSize(faceStage(config, networks), size) },
      { ...body!, stage: ofSize(rotate, size) },
    ],
  };
  return { system, weights: new Map(networks.map((network) => [network.name, syntheticCheckpoint(network)])) };
}

/** A stage that takes whole pictures of another size. */
function ofSize(stage: Stage, size: number): Stage {
  const whole = new Set(['image', 'face_morphed_full']);
  const inputs = stage.inputs.map((input) => (whole.has(input.name) ? { ...input, shape: [size, size, 4] } : input));
  return { ...stage, inputs };
}
