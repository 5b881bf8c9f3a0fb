import { decodePng, modelToImage, POSE_PARAMETERS, premultipliedSrgb, psnr, readCharacterParts } from '@tha4/core';
import { CHARACTERS, describeShared, listShared, readShared } from '@tha4/test-utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareFrame, expectParity, LEAST_PSNR, readStudentGolden } from '../../core/test/support/student-parity.ts';
import { createWasmStudent } from '../src/wasm/character-student.ts';
import type { WasmStudent } from '../src/wasm/wasm-student.ts';
import { type Ask, bytesOf, floatsOf, startWebglPage, type WebglPage } from './webgl-page.ts';

const SIZE = 512;
const MOUTH_AAA = POSE_PARAMETERS.findIndex(({ name }) => name === 'mouth_aaa');
const SHAPE = [1, SIZE, SIZE, 4];
// A frame takes 8 s on two idle cores that emulate a GPU, so most characters show one pose of the four here.
const ALL = process.env.THA4_ALL_FRAMES === '1';
const posesOf = (name: string): number[] =>
  ALL || name === 'lambda_00' ? [0, 1, 2, 3] : [(CHARACTERS as readonly string[]).indexOf(name) % 4];

/** The frame of all that loses most at half the size. */
const HARDEST = { name: 'touhoku_zunko', pose: 0 } as const;

describeShared('students on webgl', () => {
  let site: WebglPage;
  let ask: Ask;
  beforeAll(async () => {
    site = await startWebglPage();
    ask = await site.open();
    await ask('create');
    if (!ALL) console.log('webgl: 13 of the 40 golden frames; THA4_ALL_FRAMES=1 takes all of them');
  });
  afterAll(() => site.close());

  const load = (name: string, nudge = 0): Promise<string> =>
    ask('loadFolder', `/shared/characters/${name}`, listShared(`characters/${name}`), nudge);

  test.each(CHARACTERS)('%s', async (name) => {
    const golden = readStudentGolden(name);
    const choice = await load(name);
    if (name === 'lambda_00') console.log(choice);
    for (const pose of posesOf(name)) {
      const ms = await ask('pose', [...golden.pose(pose)]);
      const blended = { shape: SHAPE, data: floatsOf(await ask('model')) };
      const report = compareFrame(name, golden, pose, { blended });
      const bytes = againstPicture(name, pose, bytesOf(await ask('pixels')));
      console.log(
        `webgl ${name} pose ${pose}: ${ms.toFixed(0)} ms, ${report.worst.toFixed(2)} of the limits (${report.worstWhere}), ${report.psnr.toFixed(1)} dB, bytes ${bytes.toFixed(1)} dB`,
      );
      expectParity(report);
      expect(bytes).toBeGreaterThanOrEqual(LEAST_PSNR);
    }
  });

  const halves = ALL ? CHARACTERS.flatMap((name) => [0, 1, 2, 3].map((pose) => ({ name, pose }))) : [HARDEST];
  test.each(halves)('the last level at half the size keeps 40 dB: $name, pose $pose', async ({ name, pose }) => {
    await load(name);
    await ask('setQuality', 'half');
    expect(await ask('qualityOf', [...readStudentGolden(name).pose(pose)])).toBe('half');
    const db = againstPicture(name, pose, bytesOf(await ask('pixels')));
    await ask('setQuality', 'exact');
    console.log(`webgl half, ${name} pose ${pose}: ${db.toFixed(1)} dB`);
    expect(db).toBeGreaterThanOrEqual(40);
    expect(db, 'it has left something out').toBeLessThan(LEAST_PSNR);
  });

  test('a nudged weight is noticed', async () => {
    const golden = readStudentGolden('lambda_00');
    await load('lambda_00', 0.01);
    await ask('pose', [...golden.pose(0)]);
    const blended = { shape: SHAPE, data: floatsOf(await ask('model')) };
    expect(() => expectParity(compareFrame('lambda_00', golden, 0, { blended }))).toThrow();
  });

  test('16-bit activations keep 45 dB', async () => {
    const golden = readStudentGolden('lambda_00');
    await ask('dispose');
    await ask('create', { precision: 'half' });
    await load('lambda_00');
    await ask('setQuality', 'reuse'); // which begins with exact frames
    for (const pose of ALL ? [0, 1, 2, 3] : [1]) {
      const ms = await ask('pose', [...golden.pose(pose)]);
      const picture = modelToImage(floatsOf(await ask('model')), SIZE, SIZE).data;
      const db = againstPicture('lambda_00', pose, picture);
      console.log(`webgl lambda_00 pose ${pose}, 16-bit activations: ${ms.toFixed(0)} ms, ${db.toFixed(1)} dB`);
      expect(db).toBeGreaterThanOrEqual(45);
      const face = golden.pose(pose).map((value, i) => (i === MOUTH_AAA ? value + 0.4 : value));
      expect(await ask('qualityOf', [...face])).toBe('reuse');
      const right = modelToImage((await cpuPainter()).paint(face), SIZE, SIZE);
      const kept = psnr(premultipliedSrgb({ ...right, data: bytesOf(await ask('pixels')) }), premultipliedSrgb(right));
      console.log(`webgl lambda_00 pose ${pose}, then the body kept while the mouth opens: ${kept.toFixed(1)} dB`);
      expect(kept).toBeGreaterThanOrEqual(45);
    }
  });
});

function cpuPainter(): Promise<WasmStudent> {
  const files = listShared('characters/lambda_00').map(
    (file) => [file, readShared(`characters/lambda_00/${file}`)] as const,
  );
  return createWasmStudent(readCharacterParts(new Map(files), 'lambda_00'), { variant: 'plain' });
}

/** PSNR against the golden picture, premultiplied sRGB RGBA in [0, 1], decibels. */
function againstPicture(name: string, pose: number, data: Uint8Array | Uint8ClampedArray): number {
  const picture = decodePng(readShared(`golden/student/${name}.pose${pose}.png`), name);
  return psnr(premultipliedSrgb({ width: SIZE, height: SIZE, data }), premultipliedSrgb(picture));
}
