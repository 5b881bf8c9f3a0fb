export { chromiumArguments, findChromium } from './chromium.ts';
export { assertClose, type Deviation, deviation, type Tolerance } from './close.ts';
export { hashUniform, seededRandom } from './generator.ts';
export {
  CHARACTERS,
  describeShared,
  hasShared,
  listShared,
  PYTORCH_CHARACTERS,
  readShared,
  readSharedJson,
  sharedPath,
} from './shared.ts';
export { type SyntheticTensor, syntheticNoise, syntheticWeights } from './synthetic-weights.ts';
