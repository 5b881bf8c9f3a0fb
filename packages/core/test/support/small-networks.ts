import type { EncoderDecoderConfig } from '../../src/models/blocks/encoder-decoder.ts';
import type { Network } from '../../src/models/network.ts';
import { editorNetwork, rotatorNetwork } from '../../src/models/tha3/networks.ts';
import { THA3_SEPARABLE } from '../../src/models/tha3/pipeline.ts';
import type { ResizeConvConfig } from '../../src/models/tha3/resize-conv.ts';
import {
  eyebrowDecomposerNetwork,
  eyebrowMorphingCombinerNetwork,
  teacherBodyMorpherNetwork,
  teacherFaceMorpherNetwork,
  upscalerNetwork,
} from '../../src/models/tha4/networks.ts';
import { THA4 } from '../../src/models/tha4/pipeline.ts';
import type { UNetConfig } from '../../src/models/tha4/unet/plan.ts';

/** The reduced form of an encoder-decoder in the golden data. */
function small(config: EncoderDecoderConfig): EncoderDecoderConfig {
  return { ...config, imageSize: 32, startChannels: 8, maxChannels: 16, bottleneckSize: 8, bottleneckBlocks: 4 };
}

/** The reduced form of both U-Nets in the golden data. */
const SMALL_UNET: UNetConfig = {
  ...THA4.bodyMorpher,
  imageSize: 32,
  modelChannels: 6,
  multipliers: [1, 2, 2],
  attention: [false, false, true],
  timeChannels: 6,
  conditionChannels: 16,
  heads: 4,
};

const SMALL_ROTATOR = smallResizeConv(THA3_SEPARABLE.rotator);
const SMALL_EDITOR = smallResizeConv(THA3_SEPARABLE.editor);

/** The reduced form of rotator and editor in the golden data. */
function smallResizeConv(config: ResizeConvConfig): ResizeConvConfig {
  return { ...config, imageSize: 32, startChannels: 8, maxChannels: 16, bottleneckSize: 8, bottleneckBlocks: 3 };
}

const TEACHER = [
  eyebrowDecomposerNetwork('tha4-small', small(THA4.eyebrowDecomposer)),
  eyebrowMorphingCombinerNetwork('tha4-small', small(THA4.eyebrowMorphingCombiner)),
  teacherFaceMorpherNetwork('tha4-small', small(THA4.faceMorpher)),
  teacherBodyMorpherNetwork('tha4-small', SMALL_UNET),
  upscalerNetwork('tha4-small', SMALL_UNET),
];

/** The standard eyebrow and face networks are THA4's. */
const THA3 = [
  rotatorNetwork('tha3-small/standard', { ...SMALL_ROTATOR, separable: false }),
  editorNetwork('tha3-small/standard', { ...SMALL_EDITOR, separable: false }),
];

const SEPARABLE = [
  eyebrowDecomposerNetwork('tha3-small/separable', small(THA3_SEPARABLE.eyebrowDecomposer)),
  eyebrowMorphingCombinerNetwork('tha3-small/separable', small(THA3_SEPARABLE.eyebrowMorphingCombiner)),
  teacherFaceMorpherNetwork('tha3-small/separable', small(THA3_SEPARABLE.faceMorpher)),
  rotatorNetwork('tha3-small/separable', SMALL_ROTATOR),
  editorNetwork('tha3-small/separable', SMALL_EDITOR),
];

/** Networks of the golden data that compute in milliseconds, and where their data lie. */
export const SMALL_NETWORKS: readonly { readonly network: Network; readonly path: string }[] = [
  ...TEACHER.map((network) => ({ network, path: `teacher/small/${network.name}` })),
  ...THA3.map((network) => ({ network, path: `tha3/small/${network.name}` })),
  ...SEPARABLE.map((network) => ({ network, path: `tha3/small/separable/${network.name}` })),
];
