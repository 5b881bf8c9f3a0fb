import { describeShared, hashUniform, readShared } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { fromFloat32, toFloat32 } from './dtype.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { StoredTensor } from './stored-tensor.ts';

const floats = (key: string, shape: number[], dtype: 'F32' | 'F16' = 'F32'): StoredTensor => {
  const count = shape.reduce((a, b) => a * b, 1);
  return fromFloat32(Float32Array.from(hashUniform(key, count)), shape, dtype);
};

const TENSORS = new Map<string, StoredTensor>([
  ['odd', { dtype: 'U8', shape: [3], bytes: Uint8Array.of(1, 2, 3) }],
  ['half', floats('half', [3, 1], 'F16')],
  ['weight', floats('weight', [2, 3, 1, 1])],
  ['empty', floats('empty', [0, 4])],
  ['scalar', floats('scalar', [])],
  ['__proto__', floats('proto', [2])],
]);

const file = (header: unknown, dataSize = 0): Uint8Array => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + json.length + dataSize);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  return bytes;
};

describe('safetensors', () => {
  it('reads back what it wrote, in order, with metadata', () => {
    const metadata = new Map([
      ['author', 'ü 作者'],
      ['__proto__', 'harmless'],
    ]);
    const read = readSafetensors(writeSafetensors(TENSORS, metadata), 'x.safetensors');
    expect([...read.tensors]).toEqual([...TENSORS]);
    expect([...read.metadata]).toEqual([...metadata]);
  });

  it('writes the same bytes for the same tensors, each aligned to its type', () => {
    const bytes = writeSafetensors(TENSORS);
    expect(writeSafetensors(new Map(TENSORS))).toEqual(bytes);
    expect((8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))) % 8).toBe(0);
    for (const [key, { bytes: data }] of readSafetensors(bytes, 'x').tensors) {
      expect(data.byteOffset % (key === 'half' ? 2 : key === 'odd' ? 1 : 4), key).toBe(0);
    }
  });

  it('reads from bytes that begin at an odd offset', () => {
    const bytes = writeSafetensors(TENSORS);
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    const { tensors } = readSafetensors(shifted.subarray(1), 'x');
    expect(toFloat32(tensors.get('weight')!, 'x')).toEqual(Float32Array.from(hashUniform('weight', 6)));
  });

  const entry = (over: object) => ({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 8], ...over } });
  it.each([
    ['no bytes', new Uint8Array(), /0 bytes/],
    ['a header longer than the file', file('{}').fill(0xff, 0, 6), /do not begin so/],
    ['no JSON', file('{"a'), /expected JSON/],
    ['an unknown dtype', file(entry({ dtype: 'F8_E4M3' }), 8), /x: 'a': expected a dtype of .* got "F8_E4M3"/],
    ['a dtype named like an object method', file(entry({ dtype: 'toString' }), 8), /expected a dtype/],
    ['a negative size', file(entry({ shape: [-2] }), 8), /whole numbers/],
    ['a shape that the data do not fill', file(entry({ shape: [3] }), 8), /expected 12 bytes for F32 \[3\], got 8/],
    ['sizes whose product overflows', file(entry({ shape: [2 ** 52, 2 ** 52, 0.5 * 0] }), 8), /expected 0 bytes/],
    ['data past the end', file(entry({}), 4), /within 4 bytes/],
    ['data left over', file(entry({}), 12), /expected 8 bytes of tensor data, got 12/],
    ['overlapping tensors', file({ ...entry({}), b: entry({}).a }, 8), /'b': expected data to begin at byte 8, got 0/],
    ['metadata that is not strings', file({ __metadata__: { a: 1 } }), /names to strings/],
    ['an entry that is null', file({ a: null }), /expected an object/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => readSafetensors(bytes, 'x')).toThrow(CheckpointError);
    expect(() => readSafetensors(bytes, 'x')).toThrow(message);
  });

  it('refuses to write bytes that do not fill the shape, and the reserved name', () => {
    const bad: StoredTensor = { dtype: 'F32', shape: [2], bytes: new Uint8Array(4) };
    expect(() => writeSafetensors(new Map([['a', bad]]))).toThrow(/'a': expected 8 bytes for F32 \[2\], got 4/);
    expect(() => writeSafetensors(new Map([['__metadata__', floats('a', [1])]]))).toThrow(/reserved/);
  });
});

describeShared('safetensors written by the reference implementation', () => {
  it('reads weights with their shapes', () => {
    const { tensors } = readSafetensors(readShared('golden/ops/training/face.safetensors'), 'face');
    expect(tensors.get('initial.siren.sine_layers.0.linear.weight')?.shape).toEqual([12, 7, 1, 1]);
  });
});
