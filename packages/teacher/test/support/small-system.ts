import { type Checkpoint, type Network, THA4, tha3Stages, tha4Networks, tha4Stages } from '@tha4/core';
import {
  SMALL_SIZE,
  SMALL_THA3,
  SMALL_THA3_NETWORKS,
  SMALL_THA4,
  SMALL_THA4_NETWORKS,
} from '../../../core/test/support/small-systems.ts';
import type { TeacherSystem } from '../../src/official/system.ts';
import { tha3System } from '../../src/official/tha3-system.ts';
import { THA4_SYSTEM, tha4System } from '../../src/official/tha4-system.ts';
import { syntheticCheckpoint } from './synthetic-system.ts';

/** A system with synthetic weights. */
export interface SmallSystem {
  readonly system: TeacherSystem;
  readonly weights: ReadonlyMap<string, Checkpoint>;
}

/** THA4 with small pictures and the networks of the golden data. */
export function tinyTha4(): SmallSystem {
  const networks = SMALL_THA4_NETWORKS;
  return withWeights(networks, tha4System(networks, tha4Stages(SMALL_THA4, networks), SMALL_SIZE));
}

/** THA3 likewise. */
export function tinyTha3(): SmallSystem {
  const networks = SMALL_THA3_NETWORKS;
  return withWeights(networks, tha3System(networks, tha3Stages(SMALL_THA3, networks), SMALL_SIZE));
}

/** THA4 with pictures as large as ever, but few channels, so that a frame takes a moment. */
export function narrowTha4(): SmallSystem {
  const face = { startChannels: 4, maxChannels: 8, bottleneckBlocks: 2 };
  const body = { modelChannels: 4, middleBlocks: 2, timeChannels: 4, conditionChannels: 8, heads: 2 };
  const config = {
    ...THA4,
    eyebrowDecomposer: { ...THA4.eyebrowDecomposer, ...face },
    eyebrowMorphingCombiner: { ...THA4.eyebrowMorphingCombiner, ...face },
    faceMorpher: { ...THA4.faceMorpher, ...face },
    bodyMorpher: { ...THA4.bodyMorpher, ...body, multipliers: [1, 1, 1, 1, 1] },
    upscaler: { ...THA4.upscaler, ...body, multipliers: [1, 1, 1, 1, 1, 1] },
  };
  const networks = tha4Networks('tha4-narrow', config);
  return withWeights(networks, tha4System(networks, tha4Stages(config, networks), config.upscaler.imageSize));
}

/** The full system: 657 MB of weights, and seconds a frame. */
export function fullTha4(): SmallSystem {
  return withWeights(THA4_SYSTEM.networks, THA4_SYSTEM);
}

function withWeights(networks: readonly Network[], system: TeacherSystem): SmallSystem {
  return { system, weights: new Map(networks.map((network) => [network.name, syntheticCheckpoint(network)])) };
}
