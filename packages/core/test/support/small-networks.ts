import type { EncoderDecoderConfig } from '../../src/models/blocks/encoder-decoder.ts';
import type { Network } from '../../src/models/network.ts';
import { TEACHER_BODY_MORPHER } from '../../src/models/tha4/body-morpher.ts';
import { EYEBROW_DECOMPOSER } from '../../src/models/tha4/eyebrow-decomposer.ts';
import { EYEBROW_MORPHING_COMBINER } from '../../src/models/tha4/eyebrow-morphing-combiner.ts';
import { TEACHER_FACE_MORPHER } from '../../src/models/tha4/face-morpher.ts';
import {
  eyebrowDecomposerNetwork,
  eyebrowMorphingCombinerNetwork,
  teacherBodyMorpherNetwork,
  teacherFaceMorpherNetwork,
  upscalerNetwork,
} from '../../src/models/tha4/networks.ts';
import type { UNetConfig } from '../../src/models/tha4/unet/plan.ts';

/** The reduced form of an encoder-decoder in the golden data. */
function small(config: EncoderDecoderConfig): EncoderDecoderConfig {
  return { ...config, imageSize: 32, startChannels: 8, maxChannels: 16, bottleneckSize: 8, bottleneckBlocks: 4 };
}

/** The reduced form of both U-Nets in the golden data. */
const SMALL_UNET: UNetConfig = {
  ...TEACHER_BODY_MORPHER,
  imageSize: 32,
  modelChannels: 6,
  multipliers: [1, 2, 2],
  attention: [false, false, true],
  timeChannels: 6,
  conditionChannels: 16,
  heads: 4,
};

/** Networks of the golden data that compute in milliseconds, and where their data lie. */
export const SMALL_NETWORKS: readonly { readonly network: Network; readonly path: string }[] = [
  eyebrowDecomposerNetwork('tha4-small', small(EYEBROW_DECOMPOSER)),
  eyebrowMorphingCombinerNetwork('tha4-small', small(EYEBROW_MORPHING_COMBINER)),
  teacherFaceMorpherNetwork('tha4-small', small(TEACHER_FACE_MORPHER)),
  teacherBodyMorpherNetwork('tha4-small', SMALL_UNET),
  upscalerNetwork('tha4-small', SMALL_UNET),
].map((network) => ({ network, path: `teacher/small/${network.name}` }));
