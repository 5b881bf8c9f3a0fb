import { existsSync } from 'node:fs';
import { describeShared, readShared, readSharedJson } from '@tha4/test-utils';
import { afterAll, expect, it } from 'vitest';
import { CheckpointError } from '../errors.ts';
import { toFloat32 } from './dtype.ts';
import { readPt } from './pt-read.ts';
import { readSafetensors } from './safetensors.ts';
import type { Checkpoint, Spec } from './stored-tensor.ts';
import { weightsFromCheckpoint } from './weights.ts';

const read = (file: string): Checkpoint => readPt(readShared(`fixtures/pt/${file}`), file);
const expected = (file: string): Checkpoint => readSafetensors(readShared(`fixtures/pt/${file}`), file).tensors;

/** What a refusal must say: the file, and what is wrong in words that a person can act on. */
const REFUSED: Record<string, RegExp> = {
  'nested.pt': /'model': expected a tensor, got a dict; save only the state_dict/,
  'big_endian.pt': /byteorder/,
  'truncated.pt': /without its end; is it cut off/,
  'truncated_tail.pt': /without its end; is it cut off/,
  'truncated_legacy.pt': /expected \d+ more bytes/,
  'empty.pt': /got 0 other bytes/,
  'html.pt': /web page/,
  'random.pt': /got 4096 other bytes/,
  'not_torch.zip.pt': /one data\.pkl.* got 0/,
  'missing_storage.pt': /'archive\/data\/3' of 48 bytes, got none/,
  'short_storage.pt': /'archive\/data\/2' of 576 bytes, got 288 bytes/,
  'corrupt_pickle.pt': /data\.pkl: expected \d+ more bytes at byte \d+, got the end/,
  'bad_crc.pt': /'archive\/data\/2': expected its CRC-32 to match/,
  'lying_size.pt': /storage of 4 elements, got \[100, 100\]/,
  'lying_offset.pt': /storage of 4 elements, got \[.*\] at offset 1000000/,
  'negative_stride.pt': /none negative/,
  'huge_expand.pt': /about as much memory as the file/,
  'malicious_os_system.pt': /reference to 'posix\.system', which is not run/,
  'malicious_top_level.pt': /reference to 'posix\.system', which is not run/,
  'malicious_legacy.pt': /reference to 'posix\.system', which is not run/,
  'malicious_protocol4.pt': /reference to 'posix\.system', which is not run/,
  'malicious_eval.pt': /reference to '(builtins|__builtin__)\.eval', which is not run/,
  'malicious_getattr.pt': /reference to '(builtins|__builtin__)\.getattr', which is not run/,
  'malicious_torch_prefix.pt': /reference to 'torch\.hub\.load_state_dict_from_url', which is not run/,
};

/** Files that parse, but are not the network that the spec describes. */
const MISFIT: Record<string, RegExp> = {
  'wrong_shape.pt': /'siren\.sine_layers\.1\.linear\.weight' expected \[12, 12, 1, 1\], got \[12, 13, 1, 1\]/,
  'wrong_rank.pt': /'siren\.sine_layers\.1\.linear\.weight' expected \[12, 12, 1, 1\], got \[12, 12\]/,
  'missing_key.pt': /1 missing \('siren\.last_linear\.bias'\)/,
  'extra_key.pt': /1 unexpected \('siren\.extra\.weight'\)/,
};

const TINY: Spec = new Map([
  ...[7, 12, 12].flatMap((input, layer): [string, number[]][] => [
    [`siren.sine_layers.${layer}.linear.weight`, [input, 12]],
    [`siren.sine_layers.${layer}.linear.bias`, [12]],
  ]),
  ['siren.last_linear.weight', [12, 4]],
  ['siren.last_linear.bias', [4]],
]);

interface Fixture {
  readonly file: string;
  readonly expected: string;
  readonly expected_contents: string | null;
}

describeShared('every PyTorch fixture', () => {
  const fixtures = readSharedJson<Fixture[]>('fixtures/pt/expected.json');
  const known = (file: string): boolean => file in REFUSED || file in MISFIT;
  afterAll(() => expect(existsSync('/tmp/pwned'), 'a hostile pickle ran').toBe(false));

  it.each(fixtures.filter(({ file }) => !known(file)))('$file loads what was saved', ({ file, expected_contents }) => {
    const tensors = read(file);
    const contents = expected_contents === null ? '' : /[\w./]+\.safetensors/.exec(expected_contents)![0];
    const want = expected(contents);
    expect([...tensors.keys()].sort()).toEqual([...want.keys()].sort());
    for (const [key, tensor] of want) {
      const got = tensors.get(key)!;
      expect(got.shape, key).toEqual(tensor.shape);
      if (tensor.dtype === got.dtype) expect(Buffer.from(got.bytes).equals(Buffer.from(tensor.bytes)), key).toBe(true);
      else if (got.dtype === 'BF16') expect(toFloat32(got, key), key).toEqual(toFloat32(tensor, key));
      else
        expect([got.dtype, tensor.dtype, integers(got)], key).toEqual([
          expect.stringMatching(/^I/),
          'I32',
          integers(tensor),
        ]);
    }
  });

  it.each(Object.entries(REFUSED))('%s is refused', (file, message) => {
    expect(() => read(file)).toThrow(CheckpointError);
    expect(() => read(file)).toThrow(message);
    expect(() => read(file)).toThrow(file);
  });

  it.each(Object.entries(MISFIT))('%s does not fit its network', (file, message) => {
    const tensors = read(file);
    expect(() => weightsFromCheckpoint(tensors, TINY, file)).toThrow(CheckpointError);
    expect(() => weightsFromCheckpoint(tensors, TINY, file)).toThrow(message);
  });

  it('expects of each file what the fixtures say', () => {
    for (const { file, expected: verdict } of fixtures) {
      if (verdict.startsWith('load') && !verdict.includes('refuse')) expect(known(file), file).toBe(false);
      if (verdict.startsWith('refuse')) expect(known(file), file).toBe(true);
    }
    expect(Object.keys({ ...REFUSED, ...MISFIT }).every((name) => fixtures.some(({ file }) => file === name))).toBe(
      true,
    );
  });

  it('names the key and index of a NaN when a network is made of it', () => {
    const message = /nan\.pt: 'siren\.last_linear\.bias': expected finite numbers, got NaN at index \d/;
    expect(() => weightsFromCheckpoint(read('nan.pt'), TINY, 'nan.pt')).toThrow(message);
  });
});

function integers({ dtype, bytes }: { dtype: string; bytes: Uint8Array }): number[] {
  const size = { I8: 1, I16: 2, I32: 4 }[dtype]!;
  const data = Buffer.from(bytes);
  return Array.from({ length: bytes.length / size }, (_, i) => data.readIntLE(i * size, size));
}
