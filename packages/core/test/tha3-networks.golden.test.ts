import { createHash } from 'node:crypto';
import { describeShared, readShared, readSharedJson } from '@tha4/test-utils';
import { describe, expect, test } from 'vitest';
import { decodePng } from '../src/image/png.ts';
import { imageToStraight } from '../src/image/straight-image.ts';
import { THA3_NETWORKS } from '../src/models/tha3/networks.ts';
import { THA3_STAGES } from '../src/models/tha3/stages.ts';
import { testFullFamily } from './support/full-family.ts';
import { channelsFirst } from './support/golden.ts';

describeShared('THA3', () => {
  const straight = (name: string) => ({
    shape: [1, 512, 512, 4],
    data: imageToStraight(decodePng(readShared(`characters/${name}/character.png`), name)),
  });
  const { model_tensor_f32_le_chw_sha256: hashes } = readSharedJson<{
    readonly model_tensor_f32_le_chw_sha256: Readonly<Record<string, string>>;
  }>('golden/tha3/png_to_model.json');

  test.each(Object.entries(hashes))('takes %s as the original does, bit for bit', (name, hash) => {
    const { data } = channelsFirst(straight(name));
    expect(createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex')).toBe(hash);
  });

  describe.each([
    ['standard', 'tha3', 'pipeline_standard_float'],
    ['separable', 'tha3/separable', 'pipeline_separable_float'],
  ] as const)('%s at full size, synthetic weights, on onnxruntime', (family, folder, pipeline) => {
    testFullFamily({
      name: `THA3 ${family}`,
      networks: THA3_NETWORKS[family],
      stages: THA3_STAGES[family],
      folder,
      pipeline,
      outputs: 29,
      inputs: 'tha3',
      image: straight('lambda_00'),
    });
  });
});
