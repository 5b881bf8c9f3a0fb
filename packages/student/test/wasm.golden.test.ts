import {
  decodeTileMap,
  modelToImage,
  POSE_PARAMETERS,
  premultipliedSrgb,
  psnr,
  readCharacterParts,
  STUDENT,
} from '@tha4/core';
import { CHARACTERS, describeShared, listShared, readShared } from '@tha4/test-utils';
import { describe, expect, test } from 'vitest';
import { compareFrame, expectParity, LEAST_PSNR, readStudentGolden } from '../../core/test/support/student-parity.ts';
import { LONGEST_WAY } from '../src/plan/kept-body.ts';
import { planStudent } from '../src/plan/student-plan.ts';
import type { Precision } from '../src/wasm/student-layout.ts';
import { surveyTiles } from '../src/wasm/survey-tiles.ts';
import { WasmStudent } from '../src/wasm/wasm-student.ts';

const SHAPE = [1, 512, 512, 4];
const ALL = process.env.THA4_ALL_FRAMES === '1';
/** What sine layers in 16-bit integers must keep at least, decibels; see docs/quality.md. */
const LEAST_OF_INTEGERS = 60;
/** Fewer than for a character file, to keep the suite short. */
const SURVEY_POSES = 16;

async function load(name: string, poses = 0, nudge = 0, precision: Precision = 'float'): Promise<WasmStudent> {
  const files = listShared(`characters/${name}`);
  const parts = new Map(files.map((file) => [file, readShared(`characters/${name}/${file}`)]));
  const character = readCharacterParts(parts, name);
  const { face, body, image } = character;
  body.get('siren_layers.1.1.linear.weight')!.data[1000]! += nudge;
  return WasmStudent.create(STUDENT, planStudent(STUDENT, face, body), image, {
    variant: 'plain',
    precision,
    tiles: poses === 0 ? null : decodeTileMap(await surveyTiles(character, { poses }), image.width, name),
    threads: 1,
    createThread: null,
    keepOutputs: false,
  });
}

describeShared('students on the wasm kernels', () => {
  describe('every pixel', () => {
    test.each(CHARACTERS)('%s', async (name) => {
      const golden = readStudentGolden(name);
      const student = await load(name);
      for (const pose of [0, 1, 2, 3]) {
        const start = performance.now();
        const blended = { shape: SHAPE, data: student.paint(golden.pose(pose)) };
        const ms = performance.now() - start;
        const report = compareFrame(name, golden, pose, { blended });
        console.log(
          `wasm ${name} pose ${pose}: ${ms.toFixed(0)} ms, ${report.worst.toFixed(2)} of the limits (${report.worstWhere}), ${report.psnr.toFixed(1)} dB`,
        );
        expectParity(report);
      }
    });
  });

  describe('16-bit integers, every pixel', () => {
    test.each(CHARACTERS)('%s', async (name) => {
      const golden = readStudentGolden(name);
      const student = await load(name, 0, 0, 'int16');
      // Of the four, pose 3 keeps least with nine of the ten characters.
      for (const pose of ALL ? [0, 1, 2, 3] : [0, 3]) {
        const { psnr } = compareFrame(name, golden, pose, {
          blended: { shape: SHAPE, data: student.paint(golden.pose(pose)) },
        });
        console.log(`wasm, 16-bit integers ${name} pose ${pose}: ${psnr.toFixed(1)} dB`);
        expect(psnr).toBeGreaterThanOrEqual(LEAST_OF_INTEGERS);
      }
    });
  });

  describe('what can be seen', () => {
    test.each(CHARACTERS)('%s', async (name) => {
      const golden = readStudentGolden(name);
      const student = await load(name, SURVEY_POSES);
      // Poses of a person first; the last one is far outside of what the students were trained for.
      for (const pose of [0, 1, 2, 3]) {
        const blended = { shape: SHAPE, data: student.paint(golden.pose(pose)) };
        const { psnr } = compareFrame(name, golden, pose, { blended });
        const share = Math.round(student.paintedShare * 100);
        console.log(`wasm, culled ${name} pose ${pose}: ${share} % of the picture painted, ${psnr.toFixed(1)} dB`);
        expect(psnr).toBeGreaterThanOrEqual(LEAST_PSNR);
      }
    });
  });

  // Its curls end apart from the rest, and a head that turns moves them.
  test('what can be seen is followed in a motion of ponytail_girl', async () => {
    const [whole, culled] = [await load('ponytail_girl'), await load('ponytail_girl', SURVEY_POSES)];
    const end = readStudentGolden('ponytail_girl').pose(1);
    const alphas = (frame: Float32Array) => [...modelToImage(frame, 512, 512).data.filter((_, i) => (i & 3) === 3)];
    let least = 1;
    for (let step = 0; step <= 5; step++) {
      const pose = end.map((value) => (value * step) / 20);
      const [right, found] = [whole, culled].map((student) => alphas(student.paint(pose)));
      // What frames of a motion miss are specks of an alpha that nobody sees; see docs/performance.md.
      const off = right!.reduce((worst, byte, i) => Math.max(worst, Math.abs(byte - found![i]!)), 0);
      expect(off, `step ${step}`).toBeLessThanOrEqual(3);
      least = Math.min(least, culled.paintedShare);
    }
    console.log(`wasm, culled ponytail_girl in a motion: ${Math.round(least * 100)} % of the picture painted`);
    expect(least).toBeLessThan(0.45);
  });

  // Of the characters that were measured, two of those that these cost most; see docs/quality.md.
  describe('cheaper qualities', () => {
    test.each(['lambda_01', 'touhoku_itako'])('%s', async (name) => {
      const student = await load(name);
      const picture = (frame: Float32Array): Float32Array => premultipliedSrgb(modelToImage(frame, 512, 512));
      const rest = new Float32Array(45);
      const talking = rest.map((_, index) => (POSE_PARAMETERS[index]!.base === 'mouth_ooo' ? LONGEST_WAY : 0));
      const blinking = rest.map((_, index) => (POSE_PARAMETERS[index]!.base === 'eye_wink' ? LONGEST_WAY / 4 : 0));
      student.paint(rest, 'reuse');
      for (const [label, pose] of Object.entries({ talking, blinking })) {
        student.paint(rest); // exact frames are kept from now on
        const kept = picture(student.paint(pose, 'reuse'));
        expect(student.quality).toBe('reuse');
        const found = psnr(kept, picture(student.paint(pose)));
        console.log(`wasm ${name}, body kept while ${label}: ${found.toFixed(1)} dB`);
        expect(found).toBeGreaterThanOrEqual(45);
      }
      const other = readStudentGolden(name).pose(1);
      const half = picture(student.paint(other, 'half'));
      expect(student.quality).toBe('half');
      const found = psnr(half, picture(student.paint(other)));
      console.log(`wasm ${name}, half: ${found.toFixed(1)} dB`);
      expect(found).toBeGreaterThanOrEqual(42);
    });
  });

  test('a nudged weight is noticed', async () => {
    const golden = readStudentGolden('lambda_00');
    const student = await load('lambda_00', 0, 0.01);
    const blended = { shape: SHAPE, data: student.paint(golden.pose(0)) };
    expect(() => expectParity(compareFrame('lambda_00', golden, 0, { blended }))).toThrow();
  });
});
