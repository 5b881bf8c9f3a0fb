import { type Character, modelToImage, type StudentConfig, studentImageSize, writeCharacter } from '@tha4/core';
import { assertClose, describeShared, deviation, listShared } from '@tha4/test-utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SMALL_STUDENT, smallCharacter } from '../../core/test/small-character.ts';
import { CHARACTERS } from '../../core/test/support/characters.ts';
import {
  compareFrame,
  expectParity,
  type FrameReport,
  readStudentGolden,
} from '../../core/test/support/student-parity.ts';
import { planStudent } from '../src/plan/student-plan.ts';
import { WasmStudent } from '../src/wasm/wasm-student.ts';
import type { Kind } from './pages/webgpu/main.ts';
import { type Ask, bytesOf, floatsOf, startWebgpuPage, type WebgpuPage } from './webgpu-page.ts';

/** Every odd shape of the kernels: padded groups, several slices, layers wider and narrower than those before. */
const ODD_STUDENT: StudentConfig = {
  face: { imageSize: 16, poseSize: 39, widths: [37, 131, 5] },
  body: {
    poseSize: 45,
    levels: [
      { size: 16, widths: [262, 90] },
      { size: 32, widths: [70, 133, 9] },
      { size: 64, widths: [33, 66] },
    ],
  },
  faceTop: 12,
  faceLeft: 22,
};
const STUDENTS: Readonly<Record<string, StudentConfig>> = { small: SMALL_STUDENT, odd: ODD_STUDENT };
const POSE = Float32Array.from({ length: 45 }, (_, i) => Math.sin(i * 1.7) / 2);

/** Weights as a SIREN is initialised: wide layers of larger ones would turn rounding into another picture. */
function character(config: StudentConfig): Character {
  const made = smallCharacter(config);
  for (const [key, { shape, data }] of [...made.face, ...made.body]) {
    const scale = key.includes('sine_layers') || key.includes('siren_layers') ? Math.sqrt(6 / shape[0]!) / 30 : 0.2;
    data.forEach((value, i) => {
      data[i] = value * 8 * scale; // they lie within +-1/8
    });
  }
  return made;
}

let site: WebgpuPage;
const open = (): Promise<Ask> =>
  site.open(
    new Map(Object.entries(STUDENTS).map(([name, config]) => [`${name}.tha`, writeCharacter(character(config))])),
  );
beforeAll(async () => {
  site = await startWebgpuPage();
});
afterAll(() => site.close());

/** A page with the small student, painted. */
async function painted(kind: Kind = 'adapter'): Promise<Ask> {
  const ask = await open();
  await ask('create', kind);
  await ask('loadFile', '/files/small.tha');
  await ask('pose', [...POSE]);
  return ask;
}

/** The same frame from the CPU's kernels. */
async function cpuFrame(config: StudentConfig): Promise<Float32Array> {
  const { face, body, image } = character(config);
  const options = { variant: 'plain', tiles: null, threads: 1, createThread: null } as const;
  const student = await WasmStudent.create(config, planStudent(config, face, body), image, options);
  return student.paint(POSE).slice();
}

describe('the webgpu runtime on small characters', () => {
  describe.each(['gpu', 'software', 'adapter'] as const)('cut for %s', (kind) => {
    test.each(Object.keys(STUDENTS))('paints the %s one as the CPU does', async (name) => {
      const config = STUDENTS[name]!;
      const expected = await cpuFrame(config);
      const ask = await open();
      await ask('create', kind);
      console.log(await ask('loadFile', `/files/${name}.tha`));
      await ask('pose', [...POSE]);
      const actual = floatsOf(await ask('model'));
      const { meanAbs, maxAbs } = deviation(actual, expected);
      console.log(`webgpu ${kind}, ${name}: mean ${meanAbs.toExponential(1)}, max ${maxAbs.toExponential(1)}`);
      expect(meanAbs).toBeLessThan(1e-5);
      expect(maxAbs).toBeLessThan(1e-3);
      await ask('loadFile', `/files/${name}.tha`, 0.01);
      await ask('pose', [...POSE]);
      expect(deviation(floatsOf(await ask('model')), expected).meanAbs, 'a nudged weight').toBeGreaterThan(1e-4);
      expect(await ask('scopesAreClosed')).toBe(true);
    });
  });

  test('reads and presents the bytes of the frame', async () => {
    const ask = await painted();
    const size = studentImageSize(SMALL_STUDENT);
    const { data } = modelToImage(floatsOf(await ask('model')), size, size);
    const straight = bytesOf(await ask('pixels'));
    expect(straight.filter((byte, i) => Math.abs(byte - data[i]!) > 1 && data[i | 3]! >= 16)).toHaveLength(0);
    await expectPresented(ask);
  });

  test('a canvas that is used for something else is refused', async () => {
    const ask = await painted();
    await expect(ask('presentOn2d')).rejects.toThrow(/expected a canvas that gives a WebGPU context/);
  });

  test('an emulated GPU is refused unless asked for', async () => {
    const ask = await open();
    await ask('create', 'refusing software');
    await expect(ask('loadFile', '/files/small.tha')).rejects.toThrow(/software adapter .*; wasm is faster there/);
  });

  test('a lost device is replaced, and its loss survived', async () => {
    const ask = await painted();
    const before = await ask('model');
    await ask('loseLastDevice');
    await ask('pose', [...POSE]);
    expect(await ask('deviceCount')).toBe(2);
    expect(await ask('model')).toBe(before);
    await expectPresented(ask);
    await ask('refuseDevices');
    await ask('loseLastDevice');
    await expect(ask('pose', [...POSE])).rejects.toThrow(/expected a GPU that the browser may use, got none/);
  });

  test('memory does not grow, and goes in the end', async () => {
    const ask = await painted();
    const before = await ask('memory');
    for (let i = 0; i < 100; i++) {
      await ask('pose', [...POSE.map((value) => value * Math.cos(i))]);
      if (i % 10 === 0) await ask('presented', '#000');
    }
    for (let i = 0; i < 5; i++) await ask('loadFile', '/files/small.tha');
    expect(await ask('memory')).toEqual(before);
    expect(before.bytes).toBeGreaterThan(64 * 64 * 16);
    expect(await ask('scopesAreClosed')).toBe(true);
    await ask('dispose');
    expect(await ask('memory')).toEqual({ tensors: 0, bytes: 0 });
    await expect(ask('pose', [...POSE])).rejects.toThrow(/disposed/);
  });
});

// A frame takes an emulated GPU some ten seconds: unless all are asked for, the first character in all poses, the others
// in one each.
const ALL_FRAMES = process.env.THA4_ALL_FRAMES === '1';
if (!ALL_FRAMES) console.warn('webgpu: 13 of the 40 golden frames are painted; THA4_ALL_FRAMES=1 paints all');

describeShared('the webgpu runtime on published characters', () => {
  let ask: Ask;
  beforeAll(async () => {
    ask = await open();
    await ask('create', 'adapter');
  });
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
    const poses = [0, 1, 2, 3].filter((pose) => ALL_FRAMES || index === 0 || pose === index % 4);
    for (const pose of poses) expectParity(await paint(name, pose));
  });

  test('lambda_00, cut for a GPU', async () => {
    await ask('dispose');
    ask = await open();
    await ask('create', 'gpu');
    await load('lambda_00');
    expectParity(await paint('lambda_00', 2));
    await ask('dispose');
  });
});

/** The canvas looks like `putImageData` of the frame's bytes, on any page: one of 255 is rounding. */
async function expectPresented(ask: Ask): Promise<void> {
  for (const background of ['#000', '#fff', '#3a7']) {
    assertClose(bytesOf(await ask('presented', background)), bytesOf(await ask('put', background)), { atol: 1 });
  }
}
