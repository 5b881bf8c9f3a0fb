import { readFileSync } from 'node:fs';
import { decodePng, type FloatTensor, FRAME_SIZE, faceMorpherSpec, STUDENT } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import { hashUniform } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { relativeOf } from '../../../start/figures.ts';
import { assembleDistilled } from '../../distill/distilled-character.ts';
import { heldOutPoses } from '../../distill/held-out-poses.ts';
import { puppetTeacher } from '../../puppet/index.ts';
import { DRAFT, LITE, RECIPES, type TrainingRecipe } from '../recipes.ts';
import { settleStarts } from './settle-starts.ts';
import { readStart, writeStart } from './start-file.ts';

const demo = (name: string) => new URL(`../../../../demo-character/${name}`, import.meta.url);
const imagePng = readFileSync(demo('character.png'));
const image = decodePng(imagePng, 'character.png');
const mask = decodePng(readFileSync(demo('face_mask.png')), 'face_mask.png');

const noise = (count: number, key: string): Float32Array => Float32Array.from(hashUniform(key, count));
const randomFace = () =>
  new Map<string, FloatTensor>(
    [...faceMorpherSpec(LITE.face)].map(([key, shape]) => [
      key,
      {
        shape,
        data: noise(
          shape.reduce((a, b) => a * b, 1),
          key,
        ),
      },
    ]),
  );

const STARTED: TrainingRecipe = {
  ...DRAFT,
  body: {
    ...DRAFT.body,
    shipped: {
      name: 'generic',
      schedule: { ...DRAFT.body.schedule, rate: { kind: 'cosine', peak: 1e-4, warmUp: 0.02, floor: 0.01 } },
    },
  },
};

describe('the start of a recipe', () => {
  it('is the shipped one where it fits, with a schedule of its own', async () => {
    const { recipe, words, notes } = await settleStarts(STARTED);
    expect(recipe.body.start).toBeInstanceOf(Map);
    expect(recipe.body.schedule).toBe(STARTED.body.shipped?.schedule);
    expect(words.body).toMatch(/^generic body motion, lite, CC0-1\.0, sha256 [0-9a-f]{16}$/);
    expect(words.face).toBe('random');
    expect(notes).toEqual([]);
  });

  it('is random in the recipe of the original', async () => {
    const { recipe, words, notes } = await settleStarts({ ...RECIPES.paper, student: LITE });
    expect(recipe.body.start).toBe(RECIPES.paper.body.start);
    expect([words.face, words.body, ...notes]).toEqual(['random', 'random']);
  });

  it('is random for another shape, and says so', async () => {
    const { recipe, words, notes } = await settleStarts({ ...STARTED, student: STUDENT });
    expect(recipe.body.start).toBe(DRAFT.body.start);
    expect(recipe.body.schedule).toBe(DRAFT.body.schedule);
    expect(words.body).toBe('random');
    expect(notes).toEqual([expect.stringMatching(/^The body begins with random weights: there is no generic start/)]);
  });
});

describe('the file of a start', () => {
  const face = { network: 'face', config: LITE.face } as const;

  it('keeps weights to 16 bits', () => {
    const weights = randomFace();
    const read = readStart(writeStart(face, weights, new Map([['name', 'noise']])), face, 'noise');
    for (const [key, { data }] of weights) {
      const most = data.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
      const worst = data.reduce((a, value, i) => Math.max(a, Math.abs(value - read.get(key)!.data[i]!)), 0);
      expect(worst).toBeLessThanOrEqual(most / 65_000);
    }
  });

  it('is refused when it is cut off, or of another network', () => {
    const bytes = writeStart(face, randomFace(), new Map());
    expect(() => readStart(bytes.subarray(0, bytes.length - 9), face, 'cut')).toThrow(/cut/);
    expect(() => readStart(bytes, { network: 'body', config: LITE.body }, 'other')).toThrow(/other/);
  });
});

describe('the generic start', () => {
  it('was made without the demo character', () => {
    for (const number of [0, 23]) {
      const { data } = relativeOf({ image, mask }, number).image;
      const other = data.filter((value, i) => i % 4 === 3 && Math.abs(value - image.data[i]!) > 128).length;
      // Pixels that are figure in one of the two and nothing in the other.
      expect(other).toBeGreaterThan(5000);
    }
  });

  it('moves the demo character nearly as the puppet does, before any training', async () => {
    const { recipe } = await settleStarts(STARTED);
    const body = recipe.body.start as Map<string, FloatTensor>;
    const source = { name: 'start', image, imagePng, maskPng: null, student: LITE, provenance: {} };
    const student = await createWasmStudent(assembleDistilled(source, randomFace(), body), { keepOutputs: true });
    const teacher = await puppetTeacher().prepare(image, mask);
    for (const { pose } of heldOutPoses(2)) {
      const { posed, gridChange } = await teacher.pose([pose]);
      student.paint(pose);
      let error = 0;
      let moved = 0;
      for (let pixel = 0; pixel < FRAME_SIZE ** 2; pixel++) {
        if (posed[pixel * 4 + 3]! < 0) continue;
        const [x, y] = [gridChange[pixel * 2]!, gridChange[pixel * 2 + 1]!];
        error += Math.hypot(student.outputs()[pixel * 8]! - x, student.outputs()[pixel * 8 + 1]! - y);
        moved += Math.hypot(x, y);
      }
      expect(error).toBeLessThan(0.25 * moved);
    }
    student.dispose();
    await teacher.dispose();
  });
});
