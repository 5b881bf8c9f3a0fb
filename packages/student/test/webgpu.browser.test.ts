import { modelToImage, studentImageSize } from '@tha4/core';
import { assertClose, deviation } from '@tha4/test-utils';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { expectBodyKept, expectHalf, expectPartsKept, expectTilesLeftOut, type GpuPage } from './gpu-checks.ts';
import { mappedFiles } from './mapped-students.ts';
import type { Kind } from './pages/webgpu/main.ts';
import { cpuFrame, SYNTHETIC_STUDENTS, syntheticFiles } from './synthetic-students.ts';
import { type Ask, bytesOf, floatsOf, startWebgpuPage, type WebgpuPage } from './webgpu-page.ts';

const POSE = Float32Array.from({ length: 45 }, (_, i) => Math.sin(i * 1.7) / 2);

let site: WebgpuPage;
const open = (): Promise<Ask> => site.open(syntheticFiles());
beforeAll(async () => {
  site = await startWebgpuPage();
});
afterAll(() => site.close());

function pageOf(ask: Ask): GpuPage {
  return {
    loadFile: (url) => ask('loadFile', url),
    setQuality: (quality) => ask('setQuality', quality),
    qualityOf: (pose) => ask('qualityOf', [...pose]),
    pixels: async () => bytesOf(await ask('pixels')),
    model: async () => floatsOf(await ask('model')),
    memory: () => ask('memory'),
  };
}

/** A page with the small student, painted. */
async function painted(kind: Kind = 'gpu'): Promise<Ask> {
  const ask = await open();
  await ask('create', kind);
  await ask('loadFile', '/files/small.tha');
  await ask('pose', [...POSE]);
  return ask;
}

describe('the webgpu runtime on small characters', () => {
  const kinds = [
    { kind: 'gpu', names: Object.keys(SYNTHETIC_STUDENTS), keeps: 'odd' },
    { kind: 'adapter', names: ['odd', 'flat'], keeps: 'flat' },
    { kind: 'software', names: ['odd'], keeps: null },
  ] as const;
  describe.each(kinds)('cut for $kind', ({ kind, names, keeps }) => {
    let ask: Ask;
    beforeAll(async () => {
      ask = await open(); // one for all: its device keeps the pipelines
      await ask('create', kind);
    });
    afterEach(() => ask('setQuality', 'exact'));

    test.each(names)('paints the %s one as the CPU does', async (name) => {
      const expected = await cpuFrame(name, POSE);
      console.log(await ask('loadFile', `/files/${name}.tha`));
      await ask('pose', [...POSE]);
      const actual = floatsOf(await ask('model'));
      const { meanAbs, maxAbs } = deviation(actual, expected);
      console.log(`webgpu ${kind}, ${name}: mean ${meanAbs.toExponential(1)}, max ${maxAbs.toExponential(1)}`);
      expect(meanAbs).toBeLessThan(1e-5);
      expect(maxAbs).toBeLessThan(1e-3);
      expect(await ask('scopesAreClosed')).toBe(true);
    });

    if (keeps !== null) {
      test(`keeps the body of the ${keeps} one while only the face moves, as the CPU does`, async () => {
        await expectBodyKept(pageOf(ask), keeps, POSE);
        await ask('setQuality', 'exact');
        expect(await ask('qualityOf', [...POSE])).toBe('exact');
        expect(await ask('scopesAreClosed')).toBe(true);
      });
    }

    if (kind === 'gpu') {
      test('keeps a body that does not see the face whatever it does, and a face whatever the body does', () =>
        expectPartsKept(pageOf(ask), POSE));

      // Cut for the adapter: on a published character, in webgpu-characters.
      test('paints the last level at half the size, as the CPU does', async () => {
        await expectHalf(pageOf(ask), POSE);
        expect(await ask('scopesAreClosed')).toBe(true);
      });
    }
  });

  test('paints with weights and activations of 16 bits, emulated', async () => {
    const expected = await cpuFrame('odd', POSE);
    const ask = await open();
    await ask('create', 'rounding');
    await ask('loadFile', '/files/odd.tha');
    await ask('pose', [...POSE]);
    const { meanAbs } = deviation(floatsOf(await ask('model')), expected);
    console.log(`webgpu, rounded to 16 bits: mean ${meanAbs.toExponential(1)}`);
    expect(meanAbs).toBeLessThan(1e-3);
    expect(meanAbs, 'it has rounded').toBeGreaterThan(1e-6);
  });

  test('16-bit numbers are refused where the adapter has none', async (context) => {
    const ask = await open();
    if (await ask('hasHalf')) return context.skip('this adapter has shader-f16');
    await ask('create', 'half');
    await expect(ask('loadFile', '/files/small.tha')).rejects.toThrow(/expected an adapter with shader-f16/);
  });

  test('offers no half of a body with one level', async () => {
    const ask = await open();
    await ask('create', 'gpu');
    await ask('setQuality', 'half'); // before a character says what it has
    await ask('loadFile', '/files/flat.tha');
    expect(await ask('info')).toMatchObject({ qualities: ['exact', 'reuse'], quality: 'exact' });
    await expect(ask('setQuality', 'half')).rejects.toThrow(/expected a quality of exact, reuse, got 'half'/);
  });

  test('leaves out tiles without a change that can be seen, and heals a gap in the map in the same frame', async () => {
    const ask = await site.open(await mappedFiles());
    await ask('create', 'gpu');
    await expectTilesLeftOut('webgpu', pageOf(ask), POSE);
    expect(await ask('scopesAreClosed')).toBe(true);
  });

  test('a nudged weight is noticed', async () => {
    const expected = await cpuFrame('small', POSE);
    const ask = await painted();
    await ask('loadFile', '/files/small.tha', 0.01);
    await ask('pose', [...POSE]);
    expect(deviation(floatsOf(await ask('model')), expected).meanAbs).toBeGreaterThan(1e-5);
  });

  test('reads and presents the bytes of the frame', async () => {
    const ask = await painted();
    const size = studentImageSize(SYNTHETIC_STUDENTS.small!);
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

  test('what the device refuses is an error with its own words', async () => {
    const ask = await painted();
    await ask('breakEveryBuffer');
    await expect(ask('loadFile', '/files/small.tha')).rejects.toThrow(
      /expected the student to be accepted, got .*usage/is,
    );
    expect(await ask('memory')).toEqual({ tensors: 0, bytes: 0 });
    expect(await ask('scopesAreClosed')).toBe(true);
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
      if (i % 10 === 0) await ask('presented', '#000', false);
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

/** The canvas looks like `putImageData` of the frame's bytes, on any page: one of 255 is rounding. */
async function expectPresented(ask: Ask): Promise<void> {
  for (const background of ['#000', '#fff', '#3a7']) {
    const expected = bytesOf(await ask('put', background));
    assertClose(bytesOf(await ask('presented', background, false)), expected, { atol: 1 });
    assertClose(bytesOf(await ask('presented', background, true)), expected, { atol: 1 });
  }
}
