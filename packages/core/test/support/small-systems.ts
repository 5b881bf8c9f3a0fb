import type { Crop } from '../../src/image/crop.ts';
import { tha3Networks } from '../../src/models/tha3/networks.ts';
import { THA3_SEPARABLE, type Tha3Config } from '../../src/models/tha3/pipeline.ts';
import { tha4Networks } from '../../src/models/tha4/networks.ts';
import { THA4, type Tha4Config } from '../../src/models/tha4/pipeline.ts';

const SIZE = 64;
const EYEBROW_CROP: Crop = { top: 8, left: 20, height: 16, width: 16 };
const FACE_CROP: Crop = { top: 4, left: 12, height: 32, width: 32 };

const FACE = { startChannels: 6, maxChannels: 12, bottleneckBlocks: 2 };
const EYEBROWS = { ...FACE, imageSize: 16, bottleneckSize: 8 };
const UNET = {
  modelChannels: 4,
  multipliers: [1, 2, 2],
  attention: [false, false, true],
  middleBlocks: 2,
  timeChannels: 4,
  conditionChannels: 8,
  heads: 2,
};
const RESIZE_CONV = { startChannels: 4, maxChannels: 8, bottleneckBlocks: 2 };

/** A full system that paints 64x64 pixels in a moment. */
export const SMALL_THA4: Tha4Config = {
  eyebrowDecomposer: { ...THA4.eyebrowDecomposer, ...EYEBROWS },
  eyebrowMorphingCombiner: { ...THA4.eyebrowMorphingCombiner, ...EYEBROWS },
  faceMorpher: { ...THA4.faceMorpher, ...FACE, imageSize: 32, bottleneckSize: 8 },
  bodyMorpher: { ...THA4.bodyMorpher, ...UNET, imageSize: SIZE / 2 },
  upscaler: { ...THA4.upscaler, ...UNET, imageSize: SIZE },
  eyebrowCrop: EYEBROW_CROP,
  faceCrop: FACE_CROP,
};

export const SMALL_THA4_NETWORKS = tha4Networks('small-tha4', SMALL_THA4);

/** The same of THA3, with separable convolutions. */
export const SMALL_THA3: Tha3Config = {
  eyebrowDecomposer: { ...THA3_SEPARABLE.eyebrowDecomposer, ...EYEBROWS },
  eyebrowMorphingCombiner: { ...THA3_SEPARABLE.eyebrowMorphingCombiner, ...EYEBROWS },
  faceMorpher: { ...THA3_SEPARABLE.faceMorpher, ...FACE, imageSize: 32, bottleneckSize: 8 },
  rotator: { ...THA3_SEPARABLE.rotator, ...RESIZE_CONV, imageSize: SIZE / 2, bottleneckSize: 8 },
  editor: { ...THA3_SEPARABLE.editor, ...RESIZE_CONV, imageSize: SIZE, bottleneckSize: 16 },
  eyebrowCrop: EYEBROW_CROP,
  faceCrop: FACE_CROP,
};

export const SMALL_THA3_NETWORKS = tha3Networks('small-tha3', SMALL_THA3);

/** Side of their pictures. */
export const SMALL_SIZE = SIZE;
