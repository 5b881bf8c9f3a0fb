import type { EncoderDecoderConfig } from '../../src/models/blocks/encoder-decoder.ts';
import type { Network } from '../../src/models/network.ts';
import { EYEBROW_DECOMPOSER } from '../../src/models/tha4/eyebrow-decomposer.ts';
import { EYEBROW_MORPHING_COMBINER } from '../../src/models/tha4/eyebrow-morphing-combiner.ts';
import { eyebrowDecomposerNetwork, eyebrowMorphingCombinerNetwork } from '../../src/models/tha4/networks.ts';

/** The reduced form of an encoder-decoder in the golden data. */
function small(config: EncoderDecoderConfig): EncoderDecoderConfig {
  return { ...config, imageSize: 32, startChannels: 8, maxChannels: 16, bottleneckSize: 8, bottleneckBlocks: 4 };
}

/** Networks of the golden data that compute in milliseconds, and where their data lie. */
export const SMALL_NETWORKS: readonly { readonly network: Network; readonly path: string }[] = [
  eyebrowDecomposerNetwork('tha4-small', small(EYEBROW_DECOMPOSER)),
  eyebrowMorphingCombinerNetwork('tha4-small', small(EYEBROW_MORPHING_COMBINER)),
].map((network) => ({ network, path: `teacher/small/${network.name}` }));
