import { hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { type BodyMorpherConfig, bodyMorpherSpec } from '../models/body-morpher.ts';
import { type FaceMorpherConfig, faceMorpherSpec } from '../models/face-morpher.ts';
import { fromFloat32, toFloat32 } from './dtype.ts';
import { inferBodyConfig, inferFaceConfig, morpherKind } from './infer-config.ts';
import type { Checkpoint, FloatTensor, Spec, StoredTensor, Weights } from './stored-tensor.ts';
import { checkpointFromWeights, weightsFromCheckpoint } from './weights.ts';

const FACE: FaceMorpherConfig = { imageSize: 128, poseSize: 5, widths: [6, 4, 3] };
const BODY: BodyMorpherConfig = {
  poseSize: 4,
  levels: [
    { size: 128, widths: [5, 3] },
    { size: 256, widths: [2] },
  ],
};

function syntheticWeights(spec: Spec): Weights {
  return new Map(
    [...spec].map(([key, shape]): [string, FloatTensor] => {
      const count = shape.reduce((a, b) => a * b, 1);
      return [key, { shape, data: Float32Array.from(hashUniform(key, count)) }];
    }),
  );
}

const SPEC = faceMorpherSpec(FACE);
const WEIGHTS = syntheticWeights(SPEC);
const CHECKPOINT = checkpointFromWeights(WEIGHTS, 'F32');
const FIRST = 'siren.sine_layers.0.linear.weight';
const changed = (key: string, tensor: StoredTensor | null): Checkpoint => {
  const copy = new Map(CHECKPOINT);
  if (tensor === null) copy.delete(key);
  else copy.set(key, tensor);
  return copy;
};

describe('weights and checkpoints', () => {
  it('are each other transposed, bit for bit', () => {
    const first = CHECKPOINT.get(FIRST)!;
    expect(first.shape).toEqual([6, 7, 1, 1]);
    const file = toFloat32(first, 'x');
    const ours = WEIGHTS.get(FIRST)!.data;
    for (let out = 0; out < 6; out++) for (let i = 0; i < 7; i++) expect(file[out * 7 + i]).toBe(ours[i * 6 + out]);
    expect(weightsFromCheckpoint(CHECKPOINT, SPEC, 'x')).toEqual(WEIGHTS);
  });

  it('move a convolution between [height, width, in, out] and [out, in, height, width]', () => {
    const spec: Spec = new Map([['conv.weight', [2, 3, 4, 5]]]);
    const weights = syntheticWeights(spec);
    const checkpoint = checkpointFromWeights(weights, 'F32');
    const file = toFloat32(checkpoint.get('conv.weight')!, 'x');
    expect(checkpoint.get('conv.weight')!.shape).toEqual([5, 4, 2, 3]);
    // out 3, in 1, row 1, column 2
    expect(file[((3 * 4 + 1) * 2 + 1) * 3 + 2]).toBe(weights.get('conv.weight')!.data[((1 * 3 + 2) * 4 + 1) * 5 + 3]);
    expect(weightsFromCheckpoint(checkpoint, spec, 'x')).toEqual(weights);
  });

  it('come back in the order of the spec, whatever the order of the file', () => {
    const weights = weightsFromCheckpoint(new Map([...CHECKPOINT].reverse()), SPEC, 'x');
    expect([...weights.keys()]).toEqual([...SPEC.keys()]);
  });

  it('survive float16 rounded to it once', () => {
    const half = weightsFromCheckpoint(checkpointFromWeights(WEIGHTS, 'F16'), SPEC, 'x');
    expect(half).not.toEqual(WEIGHTS);
    expect(weightsFromCheckpoint(checkpointFromWeights(half, 'F16'), SPEC, 'x')).toEqual(half);
  });

  it('list everything that does not fit in one error', () => {
    const bad = new Map(changed('siren.last_linear.bias', null));
    bad.set('extra.weight', fromFloat32(new Float32Array(1), [1], 'F32'));
    bad.set(FIRST, fromFloat32(new Float32Array(42), [6, 7], 'F32'));
    const attempt = () => weightsFromCheckpoint(bad, SPEC, 'face.pt');
    expect(attempt).toThrow(CheckpointError);
    expect(attempt).toThrow(
      `face.pt: expected the tensors of this network, got 1 missing ('siren.last_linear.bias'); 1 unexpected ('extra.weight'); 1 misshapen ('${FIRST}' expected [6, 7, 1, 1], got [6, 7])`,
    );
    try {
      attempt();
    } catch (error) {
      expect((error as CheckpointError).keys).toEqual(['siren.last_linear.bias', 'extra.weight', FIRST]);
    }
  });

  it.each([Number.NaN, Number.NEGATIVE_INFINITY])('refuse %s, naming key and index', (value) => {
    const bias = fromFloat32(Float32Array.of(0, 0, value, 0), [4], 'F32');
    const message = `x: 'siren.last_linear.bias': expected finite numbers, got ${value} at index 2`;
    expect(() => weightsFromCheckpoint(changed('siren.last_linear.bias', bias), SPEC, 'x')).toThrow(message);
  });

  it('refuse integers, and numbers too large for float16', () => {
    const integers: StoredTensor = { dtype: 'I32', shape: [4], bytes: new Uint8Array(16) };
    const large: Weights = new Map([['a', { shape: [2], data: Float32Array.of(1, -70_000) }]]);
    expect(() => weightsFromCheckpoint(changed('siren.last_linear.bias', integers), SPEC, 'x')).toThrow(/got I32/);
    expect(() => checkpointFromWeights(large, 'F16')).toThrow(/'a': expected magnitudes .* got -70000 at index 1/);
    expect(toFloat32(checkpointFromWeights(large, 'F32').get('a')!, 'x')[1]).toBe(-70_000);
  });
});

describe('configs read off the weights', () => {
  const body = checkpointFromWeights(syntheticWeights(bodyMorpherSpec(BODY)), 'F16');

  it('are the ones that the weights were made for', () => {
    expect(inferFaceConfig(CHECKPOINT, 'x')).toEqual(FACE);
    expect(inferFaceConfig(CHECKPOINT, 'x', 64).imageSize).toBe(64);
    expect(inferBodyConfig(body, 'x')).toEqual(BODY);
    expect(inferBodyConfig(body, 'x', 64).levels.map(({ size }) => size)).toEqual([64, 128]);
    expect([CHECKPOINT, body, new Map()].map(morpherKind)).toEqual(['face', 'body', null]);
  });

  it('say what a file is where it is the wrong one', () => {
    expect(() => inferFaceConfig(body, 'a.pt')).toThrow(/a\.pt: expected a face morpher .* got a body morpher/);
    expect(() => inferBodyConfig(CHECKPOINT, 'b.pt')).toThrow(/b\.pt: expected a body morpher .* got a face morpher/);
    expect(() => inferFaceConfig(new Map([['conv.weight', body.values().next().value!]]), 'x')).toThrow(/conv\.weight/);
  });

  it('refuse layers that are no 1x1 convolutions, or have no room for a pose', () => {
    const flat = fromFloat32(new Float32Array(42), [6, 7], 'F32');
    const narrow = fromFloat32(new Float32Array(12), [6, 2, 1, 1], 'F32');
    expect(() => inferFaceConfig(changed(FIRST, flat), 'x')).toThrow(/\[out, in, 1, 1\], got \[6, 7\]/);
    expect(() => inferFaceConfig(changed(FIRST, narrow), 'x')).toThrow(/3 or more input channels, got 2/);
  });
});
