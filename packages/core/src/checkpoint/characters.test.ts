import { describeShared, listShared, readShared, readSharedJson } from '@tha4/test-utils';
import { expect, it } from 'vitest';
import { BODY_MORPHER, bodyMorpherSpec } from '../models/body-morpher.ts';
import { FACE_MORPHER, faceMorpherSpec } from '../models/face-morpher.ts';
import { inferBodyConfig, inferFaceConfig } from './infer-config.ts';
import { readPt } from './pt-read.ts';
import { writePt } from './pt-write.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { Checkpoint } from './stored-tensor.ts';
import { readTfjsLayers } from './tfjs-layers.ts';
import { checkpointFromWeights, weightsFromCheckpoint } from './weights.ts';

const PARTS = ['face_morpher', 'body_morpher'] as const;
const SPECS = { face_morpher: faceMorpherSpec(FACE_MORPHER), body_morpher: bodyMorpherSpec(BODY_MORPHER) };

function pytorch(name: string, part: string): Checkpoint {
  return readPt(readShared(`characters/${name}/${part}.pt`), name);
}

function tensorflow(name: string, part: string): Checkpoint {
  const json = readSharedJson(`characters/${name}/${part}.json`);
  return readTfjsLayers(json, [readShared(`characters/${name}/${part}.weights.bin`)], name);
}

/** Compares bytes with one call each; element by element would take seconds. */
function expectIdentical(actual: Checkpoint, expected: Checkpoint): void {
  expect([...actual.keys()]).toEqual([...expected.keys()]);
  for (const [key, { dtype, shape, bytes }] of expected) {
    const got = actual.get(key)!;
    expect([got.dtype, got.shape], key).toEqual([dtype, shape]);
    expect(Buffer.compare(got.bytes, bytes), key).toBe(0);
  }
}

describeShared('published characters', () => {
  const PAIRS = [
    ['lambda_chan', 'lambda_00'],
    ['lambda_san', 'lambda_01'],
  ] as const;

  it.each(PAIRS.flatMap(([a, b]) => PARTS.map((part) => [a, b, part] as const)))(
    '%s is %s bit for bit: %s',
    (tfjs, pt, part) => {
      expectIdentical(tensorflow(tfjs, part), pytorch(pt, part));
    },
  );

  it.each(['lambda_00', 'lambda_01'])('%s is the same after .pt, weights, .pt and safetensors', (name) => {
    for (const part of PARTS) {
      const original = pytorch(name, part);
      const again = checkpointFromWeights(weightsFromCheckpoint(original, SPECS[part], name), 'F32');
      expectIdentical(readPt(writePt(again), name), original);
      expectIdentical(readSafetensors(writeSafetensors(again), name).tensors, original);
    }
  });

  it('all have the paper’s networks', () => {
    const names = listShared('characters').filter((name) => /^[a-z_0-9]+$/.test(name));
    expect(names.length).toBeGreaterThan(9);
    for (const name of names) {
      const read = name.startsWith('lambda_0') ? pytorch : tensorflow;
      expect(inferFaceConfig(read(name, 'face_morpher'), name)).toEqual(FACE_MORPHER);
      expect(inferBodyConfig(read(name, 'body_morpher'), name)).toEqual(BODY_MORPHER);
      for (const part of PARTS)
        expect(weightsFromCheckpoint(read(name, part), SPECS[part], name).size).toBe(SPECS[part].size);
    }
  });

  it('show a swapped pair of files for what it is', () => {
    expect(() => inferFaceConfig(pytorch('lambda_00', 'body_morpher'), 'x.pt')).toThrow(/got a body morpher/);
  });
});
