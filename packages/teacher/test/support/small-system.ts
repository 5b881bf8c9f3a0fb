import { type Checkpoint, type Network, THA4, type Tha4Config, type UNetConfig } from '@tha4/core';
import { outputsOf, type Stage } from '../../../core/src/models/stage.ts';
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

const face = { startChannels: 4, maxChannels: 8, bottleneckBlocks: 2 };
const body = (config: UNetConfig): UNetConfig => ({
  ...config,
  modelChannels: 2,
  multipliers: config.multipliers.map(() => 2),
  middleBlocks: 2,
  timeChannels: 4,
  conditionChannels: 8,
  heads: 2,
});

/** The full system with few channels: pictures and crops are as large as ever, and a frame takes a moment. */
const CONFIG: Tha4Config = {
  ...THA4,
  eyebrowDecomposer: { ...THA4.eyebrowDecomposer, ...face },
  eyebrowMorphingCombiner: { ...THA4.eyebrowMorphingCombiner, ...face },
  faceMorpher: { ...THA4.faceMorpher, ...face },
  bodyMorpher: body(THA4.bodyMorpher),
  upscaler: body(THA4.upscaler),
};

const FAMILY = 'tha4-narrow';
const NETWORKS: readonly Network[] = [
  eyebrowDecomposerNetwork(FAMILY, CONFIG.eyebrowDecomposer),
  eyebrowMorphingCombinerNetwork(FAMILY, CONFIG.eyebrowMorphingCombiner),
  teacherFaceMorpherNetwork(FAMILY, CONFIG.faceMorpher),
  teacherBodyMorpherNetwork(FAMILY, CONFIG.bodyMorpher),
  upscalerNetwork(FAMILY, CONFIG.upscaler),
];

const [prepareStep, faceStep, bodyStep] = [...THA4_SYSTEM.perPicture, ...THA4_SYSTEM.perPose];

const BODY: Stage = {
  ...bodyStep!.stage,
  networks: NETWORKS.slice(3),
  run: (ops, params, { face_morphed_full: image, pose }) =>
    ops.tidy(() => {
      const own = { bodyMorpher: params.body_morpher!, upscaler: params.upscaler! };
      const { upscaler, bodyMorpher } = rotateTha4Body(ops, CONFIG, own, image!, pose!);
      return { ...outputsOf('upscaler', upscaler), ...outputsOf('body_morpher', bodyMorpher) };
    }),
};

export const SMALL_SYSTEM: TeacherSystem = {
  ...THA4_SYSTEM,
  networks: NETWORKS,
  perPicture: [{ ...prepareStep!, stage: prepareStage(CONFIG, NETWORKS) }],
  perPose: [
    { ...faceStep!, stage: faceStage(CONFIG, NETWORKS) },
    { ...bodyStep!, stage: BODY },
  ],
};

/** Synthetic weights of the small system, by network. */
export const SMALL_WEIGHTS: ReadonlyMap<string, Checkpoint> = new Map(
  NETWORKS.map((network) => [network.name, syntheticCheckpoint(network)]),
);
