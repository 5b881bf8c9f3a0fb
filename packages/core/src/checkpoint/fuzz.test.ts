import { hashUniform, seededRandom } from '@tha4/test-utils';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { Tha4Error } from '../errors.ts';
import { fromFloat32 } from './dtype.ts';
import { readPt } from './pt-read.ts';
import { writePt } from './pt-write.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { Checkpoint } from './stored-tensor.ts';
import { readTfjsLayers } from './tfjs-layers.ts';
import { concatBytes, readZip, writeZip } from './zip.ts';

type Random = () => number;

const CASES = 20_000;
/** Far above what the tiny files hold, far below what a bomb would take. */
const MAX_RESULT_BYTES = 2 ** 24;

const TENSORS: Checkpoint = new Map(
  Object.entries({ 'a.weight': [3, 2, 1, 1], 'a.bias': [3], 'b.weight': [2, 3, 1, 1] }).map(([key, shape]) => {
    const data = Float32Array.from(
      hashUniform(
        key,
        shape.reduce((a, b) => a * b),
      ),
    );
    return [key, fromFloat32(data, shape, key === 'a.bias' ? 'F16' : 'F32')];
  }),
);
const PT = writePt(TENSORS);
const PT_RECORDS = readZip(PT, 'valid');
const LEGACY_PICKLES = [
  // The magic number, the protocol 1001, {'little_endian': True}
  Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e),
  Uint8Array.of(0x80, 2, 0x4d, 0xe9, 3, 0x2e),
  concatBytes([
    Uint8Array.of(0x80, 2, 0x7d, 0x58, 13, 0, 0, 0),
    strToU8('little_endian'),
    Uint8Array.of(0x88, 0x73, 0x2e),
  ]),
  PT_RECORDS.get('archive/data.pkl')!,
  // ['0', '1', '2']
  concatBytes([Uint8Array.of(0x80, 2, 0x5d, 0x28), ...['0', '1', '2'].map(shortText), Uint8Array.of(0x65, 0x2e)]),
];
const LEGACY = concatBytes([
  ...LEGACY_PICKLES,
  ...[...TENSORS.values()].flatMap(({ shape, bytes }) => [
    new Uint8Array(new BigInt64Array([BigInt(shape.reduce((a, b) => a * b))]).buffer),
    bytes,
  ]),
]);
const ZIPS = [
  writeZip(
    new Map([
      ['a.json', strToU8('{}')],
      ['folder/b.bin', new Uint8Array(100)],
    ]),
    { align: 64 },
  ),
  zipSync({ 'a.txt': strToU8('so much text '.repeat(40)), 'b.bin': Uint8Array.from({ length: 90 }, (_, i) => i * 37) }),
];
const SAFETENSORS = writeSafetensors(TENSORS, new Map([['name', 'value']]));
const TFJS_MODEL = {
  modelTopology: {},
  weightsManifest: [
    {
      paths: ['a.bin', 'b.bin'],
      weights: [
        { name: 'a/kernel', shape: [1, 1, 2, 3], dtype: 'float32' },
        { name: 'a/bias', shape: [3], dtype: 'float32', quantization: { dtype: 'float16' } },
      ],
    },
  ],
};
const TFJS_SHARDS = [new Uint8Array(20).fill(7), new Uint8Array(10).fill(9)];

/** Each makes one damaged input from a random source and reads it. */
const READERS: Record<string, { valid: () => unknown; damaged: (random: Random) => ReadonlyMap<string, unknown> }> = {
  readZip: {
    valid: () => ZIPS.map((zip) => readZip(zip, 'x')),
    damaged: (random) => readZip(mutate(ZIPS[random() % ZIPS.length]!, random), 'x'),
  },
  readSafetensors: {
    valid: () => readSafetensors(SAFETENSORS, 'x'),
    damaged: (random) => readSafetensors(mutate(SAFETENSORS, random), 'x').tensors,
  },
  'readPt, zip form': {
    valid: () => readPt(PT, 'x'),
    damaged: (random) => {
      if (random() % 4 === 0) return readPt(mutate(PT, random), 'x');
      // Checksums stop most damage at the door, so damage one record and pack it again.
      const name = random() % 4 === 0 ? [...PT_RECORDS.keys()][random() % PT_RECORDS.size]! : 'archive/data.pkl';
      return readPt(writeZip(new Map([...PT_RECORDS, [name, mutate(PT_RECORDS.get(name)!, random)]])), 'x');
    },
  },
  'readPt, form before 1.6': {
    valid: () => readPt(LEGACY, 'x'),
    // The magic number stays, or nearly every case would end there.
    damaged: (random) => readPt(concatBytes([LEGACY.subarray(0, 15), mutate(LEGACY.subarray(15), random)]), 'x'),
  },
  readTfjsLayers: {
    valid: () => readTfjsLayers(TFJS_MODEL, TFJS_SHARDS, 'x'),
    damaged: (random) => {
      const model = random() % 8 === 0 ? TFJS_MODEL : mutateJson(structuredClone(TFJS_MODEL), random);
      return readTfjsLayers(
        model,
        random() % 4 === 0 ? TFJS_SHARDS.map((shard) => mutate(shard, random)) : TFJS_SHARDS,
        'x',
      );
    },
  },
};

describe.each(Object.entries(READERS))('%s', (name, { valid, damaged }) => {
  it('reads the undamaged file', () => {
    expect(valid).not.toThrow();
  });

  it(`answers ${CASES} damaged files with a result or a plain error, in bounded memory`, () => {
    const random = seededRandom(name.length);
    const messages = new Set<string>();
    let read = 0;
    for (let i = 0; i < CASES; i++) {
      try {
        const result = damaged(random);
        if (resultBytes(result) > MAX_RESULT_BYTES) expect.fail(`case ${i}: took ${resultBytes(result)} bytes`);
        read++;
      } catch (error) {
        if (!(error instanceof Tha4Error)) throw error;
        if (!error.message.startsWith('x: ') || error.message.length > 2000) throw error;
        messages.add(error.message.replace(/\d+/g, '#'));
      }
    }
    // The damage must reach deep: some files still read, and many different things go wrong with the rest.
    expect(read).toBeGreaterThan(50);
    expect(messages.size).toBeGreaterThan(8);
  });
});

/** One to four random changes: bytes overwritten, a field set to an extreme, the tail cut, a piece doubled or taken out. */
function mutate(bytes: Uint8Array, random: Random): Uint8Array {
  let damaged: Uint8Array = bytes.slice();
  for (let changes = 1 + (random() % 4); changes > 0; changes--) {
    const length = Math.max(1, damaged.length);
    const at = random() % length;
    const end = Math.min(length, at + 1 + (random() % 40));
    const kind = random() % 16;
    if (kind === 0) damaged = damaged.slice(0, at);
    else if (kind === 1) damaged = concatBytes([damaged.subarray(0, end), damaged.subarray(at)]);
    else if (kind === 2) damaged = concatBytes([damaged.subarray(0, at), damaged.subarray(end)]);
    else if (kind < 6) damaged.fill([0, 0xff, 0x7f][kind - 3]!, at, at + [1, 2, 4, 8][random() % 4]!);
    else if (kind < 8) damaged.copyWithin(at, random() % length, random() % length);
    else damaged[at] = kind < 12 ? damaged[at]! ^ (1 << (random() % 8)) : random();
  }
  return damaged;
}

const ODD_VALUES: readonly unknown[] = [
  null,
  -1,
  0.5,
  3,
  1e308,
  2 ** 53,
  Number.NaN,
  '',
  'float16',
  'a/kernel',
  [],
  {},
  true,
  [1e9, 1e9],
];

/** Replaces a random part of plain data by something odd. */
function mutateJson(value: unknown, random: Random): unknown {
  if (typeof value !== 'object' || value === null || Object.keys(value).length === 0 || random() % 12 === 0) {
    return ODD_VALUES[random() % ODD_VALUES.length];
  }
  const keys = Object.keys(value);
  const key = keys[random() % keys.length]!;
  const record = value as Record<string, unknown>;
  record[key] = mutateJson(record[key], random);
  return value;
}

/** Bytes of all distinct buffers that a result keeps alive. */
function resultBytes(result: ReadonlyMap<string, unknown>): number {
  const buffers = [...result.values()].map((value) =>
    value instanceof Uint8Array ? value.buffer : (value as { bytes: Uint8Array }).bytes.buffer,
  );
  return [...new Set(buffers)].reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

function shortText(text: string): Uint8Array {
  return concatBytes([Uint8Array.of(0x58, text.length, 0, 0, 0), strToU8(text)]);
}
