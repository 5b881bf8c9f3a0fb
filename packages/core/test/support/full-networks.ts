import { createHash } from 'node:crypto';
import { readShared, readSharedJson, syntheticNoise, syntheticWeights } from '@tha4/test-utils';
import { expect } from 'vitest';
import { pytorchShape } from '../../src/checkpoint/dense-layout.ts';
import type { Checkpoint, FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import { cropTensor } from '../../src/image/crop.ts';
import { imageToModel } from '../../src/image/model-image.ts';
import { decodePng } from '../../src/image/png.ts';
import type { Network } from '../../src/models/network.ts';
import { channelsLast, type Golden } from './golden.ts';
import type { NetworkNoise } from './network-parity.ts';

interface Schema {
  readonly state_dict: readonly { readonly key: string; readonly shape: readonly number[] }[];
  readonly weights_sha256: string;
  readonly noise_f32_vs_f64: NetworkNoise;
}

export function readSchema(path: string): Schema {
  return readSharedJson(`golden/${path}.schema.json`);
}

/** The network's synthetic weights, after its spec and they have been checked against the golden data's schema. */
export function checkedWeights(network: Network, { state_dict: stored, weights_sha256: sha256 }: Schema): Checkpoint {
  const shapes = [...network.spec].map(([key, shape]) => [key, pytorchShape(shape)] as const);
  expect(new Map(shapes)).toEqual(new Map(stored.map(({ key, shape }) => [key, shape])));
  const weights = syntheticWeights(network.namespace, shapes);
  const hash = createHash('sha256');
  for (const { key } of stored) hash.update(weights.get(key)!.bytes);
  expect(hash.digest('hex'), network.namespace).toBe(sha256);
  return weights;
}

/** lambda_00 in the model space of THA4, `[1, 512, 512, 4]`. */
export function characterTensor(): FloatTensor {
  const { data, width, height } = decodePng(readShared('characters/lambda_00/character.png'), 'lambda_00');
  return { shape: [1, height, width, 4], data: imageToModel({ data, width, height }) };
}

/** Inputs of the full-size single runs. Source: the golden data's `teacher/README.md` and `tha3/README.md`. */
export function fullInputs(
  family: 'tha4' | 'tha3',
  name: string,
  io: Golden,
  image: FloatTensor,
): Map<string, FloatTensor> {
  const crop = (top: number, left: number, size: number): FloatTensor => ({
    shape: [1, size, size, 4],
    data: cropTensor(image.data, [512, 512, 4], { top, left, height: size, width: size }),
  });
  const noise = (input: string, size: number, channels: number, scale: number): FloatTensor => {
    const data = syntheticNoise(`${family}-input/${name}/${input}`, channels * size * size, scale);
    return channelsLast({ shape: [1, channels, size, size], data });
  };
  const entries: Readonly<Record<string, () => Record<string, FloatTensor>>> = {
    eyebrow_decomposer: () => ({ image: crop(64, 192, 128) }),
    eyebrow_morphing_combiner: () => ({
      background_layer: crop(64, 192, 128),
      eyebrow_layer: noise('eyebrow_layer', 128, 4, 1),
    }),
    face_morpher: () => ({ image: crop(32, 160, 192) }),
    body_morpher: () => ({ image: crop(0, 128, 256) }),
    upscaler: () => ({
      rest_image: image,
      coarse_posed_image: noise('coarse_posed_image', 512, 4, 1),
      coarse_grid_change: noise('coarse_grid_change', 512, 2, 0.05),
    }),
    two_algo_face_body_rotator: () => ({ image: crop(0, 128, 256) }),
    editor: () => ({
      input_original_image: image,
      input_warped_image: noise('input_warped_image', 512, 4, 1),
      input_grid_change: noise('input_grid_change', 512, 2, 0.05),
    }),
  };
  const inputs = new Map(Object.entries(entries[name]!()));
  return io.has('input.pose') ? inputs.set('pose', io.floats('input.pose')) : inputs;
}
