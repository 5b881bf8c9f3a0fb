import { readCharacterParts } from '@tha4/core';
import { CHARACTERS, describeShared, listShared, readShared } from '@tha4/test-utils';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  compareFrame,
  expectParity,
  type FrameReport,
  LEAST_PSNR,
  readStudentGolden,
} from '../../core/test/support/student-parity.ts';
import { planStudent } from '../src/plan/student-plan.ts';
import { WasmStudent } from '../src/wasm/wasm-student.ts';
import { type Ask, floatsOf, startWebgpuPage, type WebgpuPage } from './webgpu-page.ts';

// A frame takes an emulated GPU some ten seconds: unless all are asked for, each character in one pose, in turn.
const ALL_FRAMES = process.env.THA4_ALL_FRAMES === '1';
if (!ALL_FRAMES) console.warn('webgpu: 11 of the 40 golden frames are painted; THA4_ALL_FRAMES=1 paints all');

/** The frame of all that loses most at half the size. */
const HARDEST = { name: 'touhoku_zunko', pose: 0 } as const;

describeShared('the webgpu runtime on published characters', () => {
  let site: WebgpuPage;
  let ask: Ask;
  beforeAll(async () => {
    site = await startWebgpuPage();
    ask = await site.open(); // one for all: its device keeps the pipelines
    await ask('create', 'adapter');
  });
  afterAll(() => site.close());
  const load = async (name: string): Promise<void> => {
    console.log(await ask('load', `/shared/characters/${name}`, listShared(`characters/${name}`)));
  };
  const paint = async (name: string, pose: number): Promise<FrameReport> => {
    const golden = readStudentGolden(name);
    const ms = await ask('pose', [...golden.pose(pose)]);
    const blended = { shape: [1, 512, 512, 4], data: floatsOf(await ask('model')) };
    const report = compareFrame(name, golden, pose, { blended });
    console.log(
      `webgpu ${name} pose ${pose}: ${ms.toFixed(0)} ms, ${report.worst.toFixed(2)} of the limits (${report.worstWhere}), ${report.psnr.toFixed(1)} dB`,
    );
    return report;
  };

  test.each(CHARACTERS.map((name, index) => ({ name, index })))('$name', async ({ name, index }) => {
    await load(name);
    const poses = [0, 1, 2, 3].filter((pose) => ALL_FRAMES || pose === index % 4);
    for (const pose of poses) expectParity(await paint(name, pose));
  });

  const halves = ALL_FRAMES ? CHARACTERS.flatMap((name) => [0, 1, 2, 3].map((pose) => ({ name, pose }))) : [HARDEST];
  test.each(halves)('the last level at half the size keeps 40 dB: $name, pose $pose', async ({ name, pose }) => {
    await load(name);
    await ask('setQuality', 'half');
    const golden = readStudentGolden(name);
    expect(await ask('qualityOf', [...golden.pose(pose)])).toBe('half');
    const blended = { shape: [1, 512, 512, 4], data: floatsOf(await ask('model')) };
    const { psnr } = compareFrame(name, golden, pose, { blended });
    await ask('setQuality', 'exact');
    console.log(`webgpu half, ${name} pose ${pose}: ${psnr.toFixed(1)} dB`);
    expect(psnr).toBeGreaterThanOrEqual(40);
    expect(psnr, 'it has left something out').toBeLessThan(LEAST_PSNR);
  });

  test("a frame of the CPU's kernels, to compare", async () => {
    const files = listShared('characters/lambda_00').map(
      (file) => [file, readShared(`characters/lambda_00/${file}`)] as const,
    );
    const { config, face, body, image } = readCharacterParts(new Map(files), 'lambda_00');
    const options = { variant: 'plain', tiles: null, threads: 1, createThread: null, keepOutputs: false } as const;
    const student = await WasmStudent.create(config, planStudent(config, face, body), image, options);
    const golden = readStudentGolden('lambda_00');
    student.paint(golden.pose(0)); // compiled by now
    const start = performance.now();
    const data = student.paint(golden.pose(1));
    console.log(`wasm, one thread, lambda_00 pose 1: ${(performance.now() - start).toFixed(0)} ms`);
    expectParity(compareFrame('lambda_00', golden, 1, { blended: { shape: [1, 512, 512, 4], data } }));
  });

  test('lambda_00, cut for a GPU', async () => {
    await ask('dispose');
    ask = await site.open();
    await ask('create', 'gpu');
    await load('lambda_00');
    expectParity(await paint('lambda_00', 2));
    await ask('dispose');
  });
});
