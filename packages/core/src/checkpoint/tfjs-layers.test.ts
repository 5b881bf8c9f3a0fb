import { hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { fromFloat32, toFloat32 } from './dtype.ts';
import { readTfjsLayers } from './tfjs-layers.ts';

const KERNEL = Float32Array.from(hashUniform('kernel', 6));
const BIAS = Float32Array.from(hashUniform('bias', 3));
const BYTES = fromFloat32(new Float32Array([...KERNEL, ...BIAS]), [9], 'F32').bytes;
const kernel = { name: 'l.0/kernel', shape: [1, 1, 2, 3], dtype: 'float32' };
const bias = { name: 'l.0/bias', shape: [3], dtype: 'float32' };
const model = (weights: unknown, paths: unknown = ['a.bin']) => ({ weightsManifest: [{ paths, weights }] });

describe('readTfjsLayers', () => {
  it.each([
    ['one shard', ['a.bin'], [BYTES]],
    ['shards cut inside a number', ['a.bin', 'b.bin'], [BYTES.subarray(0, 13), BYTES.subarray(13)]],
  ])('gives names and layout of PyTorch from %s', (_, paths, shards) => {
    const checkpoint = readTfjsLayers(model([kernel, bias], paths), shards, 'x');
    expect([...checkpoint.keys()]).toEqual(['l.0.weight', 'l.0.bias']);
    expect(checkpoint.get('l.0.weight')!.shape).toEqual([3, 2, 1, 1]);
    const [a, b, c, d, e, f] = KERNEL;
    expect([...toFloat32(checkpoint.get('l.0.weight')!, 'x')]).toEqual([a, d, b, e, c, f]);
    expect(toFloat32(checkpoint.get('l.0.bias')!, 'x')).toEqual(BIAS);
  });

  it('takes shards group by group', () => {
    const groups = [model([kernel]), model([bias])].flatMap(({ weightsManifest }) => weightsManifest);
    const shards = [BYTES.subarray(0, 24), BYTES.subarray(24)];
    const checkpoint = readTfjsLayers({ weightsManifest: groups }, shards, 'x');
    expect(toFloat32(checkpoint.get('l.0.bias')!, 'x')).toEqual(BIAS);
  });

  it('reads weights kept as float16', () => {
    const half = fromFloat32(BIAS, [3], 'F16');
    const checkpoint = readTfjsLayers(model([{ ...bias, quantization: { dtype: 'float16' } }]), [half.bytes], 'x');
    expect(checkpoint.get('l.0.bias')).toEqual(half);
  });

  const quantised = { ...bias, quantization: { dtype: 'uint8', scale: 1, min: 0 } };
  it.each<[string, unknown, RegExp]>([
    ['no model', null, /expected a TensorFlow\.js model with a 'weightsManifest'/],
    ['a manifest without lists', { weightsManifest: [{}] }, /lists 'paths' and 'weights'/],
    ['too many paths', model([kernel, bias], ['a', 'b']), /expected 2 weight files \(shards\), got 1/],
    ['too few bytes', model([kernel, bias, { ...bias, name: 'm/bias' }]), /expected 48 bytes in a\.bin, got 36/],
    ['an absurd shape', model([{ ...kernel, shape: [1e9, 1e9, 1e9, 1e308] }]), /whole numbers/],
    [
      'a huge shape',
      model([
        { ...kernel, shape: [1e9, 1e9, 1e9, 0] },
        { ...bias, shape: [1e15] },
      ]),
      /got 36/,
    ],
    ['integer quantisation', model([kernel, quantised]), /'l\.0\/bias': .* integer quantisation/],
    ['another dtype', model([{ ...kernel, dtype: 'int32' }]), /expected dtype float32, got "int32"/],
    ['an unknown kind of weight', model([kernel, { ...bias, name: 'l.0/gamma' }]), /'l\.0\/gamma' \[3\]/],
    ['a weight that stands twice', model([bias, bias, bias]), /got several/],
  ])('refuses %s', (_, json, message) => {
    expect(() => readTfjsLayers(json, [BYTES], 'x')).toThrow(CheckpointError);
    expect(() => readTfjsLayers(json, [BYTES], 'x')).toThrow(message);
  });
});
