import { modelToImage } from '@tha4/core';
import { assertClose, deviation } from '@tha4/test-utils';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { expectBodyKept, expectHalf, expectPartsKept, expectTilesLeftOut, type GpuPage } from './gpu-checks.ts';
import { mappedFiles } from './mapped-students.ts';
import { cpuFrame, SYNTHETIC_STUDENTS, syntheticFiles } from './synthetic-students.ts';
import { type Ask, bytesOf, floatsOf, startWebglPage, type WebglPage } from './webgl-page.ts';

const POSE = Float32Array.from({ length: 45 }, (_, i) => Math.sin(i * 1.7) / 2);
const OTHER_POSE = POSE.map((value) => -value);

let site: WebglPage;
let ask: Ask;
beforeAll(async () => {
  site = await startWebglPage();
});
afterAll(() => site.close());

async function open(): Promise<void> {
  ask = await site.open(syntheticFiles());
}

/** Bytes as a page's compositor takes them. */
function premultiplied(bytes: Uint8Array): number[] {
  return Array.from(bytes, (byte, i) => (i % 4 === 3 ? byte : (byte * bytes[i | 3]!) / 255));
}

/** The page that is open. */
const PAGE: GpuPage = {
  loadFile: (url) => ask('loadFile', url),
  setQuality: (quality) => ask('setQuality', quality),
  qualityOf: (pose) => ask('qualityOf', [...pose]),
  pixels: async () => bytesOf(await ask('pixels')),
  model: async () => floatsOf(await ask('model')),
  memory: () => ask('memory'),
};

async function paint(name: string, pose = POSE): Promise<void> {
  await ask('loadFile', `/files/${name}.tha`);
  await ask('pose', [...pose]);
}

describe('the webgl runtime', () => {
  describe.each(['gpu', 'software'] as const)('cut for %s', (cut) => {
    beforeAll(async () => {
      await open(); // one for all: it keeps the programs
      await ask('create', { cut });
    });
    afterEach(() => ask('setQuality', 'exact'));

    test.each(Object.keys(SYNTHETIC_STUDENTS))('paints the %s student as the CPU does', async (name) => {
      const expected = await cpuFrame(name, POSE);
      await paint(name);
      const { meanAbs, maxAbs } = deviation(floatsOf(await ask('model')), expected);
      console.log(`webgl cut for ${cut}, ${name}: mean ${meanAbs.toExponential(1)}, max ${maxAbs.toExponential(1)}`);
      // Measured: mean 1e-6, max 3e-5, where a flow moves hard edges.
      expect(meanAbs).toBeLessThan(1e-5);
      expect(maxAbs).toBeLessThan(1e-3);
    });

    test('gives the bytes of the frame', async () => {
      await paint('small');
      const model = floatsOf(await ask('model'));
      const expected = modelToImage(model, 64, 64).data;
      const visible = (bytes: ArrayLike<number>): number[] =>
        Array.from(bytes, (byte, i) => (expected[i | 3]! >= 16 ? byte : 0));
      const actual = bytesOf(await ask('pixels'));
      expect(new Set(actual.filter((_, i) => i % 4 === 3)).size).toBeGreaterThan(3); // soft edges are in it
      assertClose(visible(actual), visible(expected), { atol: 1 });
    });

    test('keeps a body that does not see the face whatever the face does, and a face whatever the body does', () =>
      expectPartsKept(PAGE, POSE));

    test('paints the last level at half the size, as the CPU does', () =>
      expectHalf(PAGE, POSE, () => ask('loseContext', null)));

    test('keeps the body while only the face moves, as the CPU does', async () => {
      await expectBodyKept(PAGE, 'odd', POSE);
      await ask('loseContext', null);
      expect(await ask('qualityOf', [...POSE])).toBe('exact'); // what was kept is lost
    });

    test('keeps 16-bit activations near', async () => {
      const expected = await cpuFrame('odd', POSE);
      await open();
      await ask('create', { cut, precision: 'half' });
      await paint('odd');
      const { meanAbs } = deviation(floatsOf(await ask('model')), expected);
      console.log(`webgl cut for ${cut}, 16-bit activations: mean ${meanAbs.toExponential(1)}`);
      expect(meanAbs).toBeLessThan(1e-3);
      expect(meanAbs).toBeGreaterThan(1e-6); // it is not the other precision
    });

    test('leaves out tiles without a change that can be seen, and heals a gap in the map in the same frame', async () => {
      ask = await site.open(await mappedFiles());
      await ask('create', { cut });
      await expectTilesLeftOut(`webgl cut for ${cut}`, PAGE, POSE);
    });
  });

  describe('in a page of its own', () => {
    beforeEach(open);

    test.each(['flat', 'wide'])('offers no half of the %s student', async (name) => {
      await ask('create');
      await ask('setQuality', 'half'); // before a character says what it has
      await ask('loadFile', `/files/${name}.tha`);
      expect(await ask('info')).toMatchObject({ qualities: ['exact', 'reuse'], quality: 'exact' });
      await expect(ask('setQuality', 'half')).rejects.toThrow(/expected a quality of exact, reuse, got 'half'/);
    });

    test('a pose that is a little off is noticed', async () => {
      const expected = await cpuFrame(
        'small',
        POSE.map((value, i) => (i === 40 ? value + 0.001 : value)),
      );
      await ask('create');
      await paint('small');
      expect(deviation(floatsOf(await ask('model')), expected).meanAbs).toBeGreaterThan(1e-5);
    });

    test.each([false, true])('shows what putImageData would show (straight to the canvas: %s)', async (ownCanvas) => {
      await ask('create', { ownCanvas });
      await paint('small');
      const expected = bytesOf(await ask('put'));
      const actual = bytesOf(await ask('presented'));
      assertClose(premultiplied(actual), premultiplied(expected), { atol: 1.01 });
    });

    test('paints and shows in a worker what it does in the page', async () => {
      await ask('create');
      await paint('small');
      const [expected, put] = [await ask('pixels'), bytesOf(await ask('put'))];
      const [pixels, shown] = await ask('inWorker', '/files/small.tha', [...POSE]);
      expect(pixels).toBe(expected);
      assertClose(premultiplied(bytesOf(shown)), premultiplied(put), { atol: 1.01 });
    });

    test.each([
      { title: 'that never comes back', ownCanvas: false, restoreAfterMs: null },
      { title: 'of the page’s canvas, which comes back', ownCanvas: true, restoreAfterMs: 300 },
    ])('survives a lost context $title', async ({ ownCanvas, restoreAfterMs }) => {
      await ask('create', { ownCanvas });
      await paint('small');
      const [first, shown] = [await ask('model'), await ask('presented')];
      await ask('loseContext', restoreAfterMs);
      expect(await ask('presented')).toBe(shown); // painted again before it is shown
      await ask('loseContext', restoreAfterMs);
      await ask('pose', [...OTHER_POSE]);
      expect(await ask('model')).not.toBe(first);
      await ask('pose', [...POSE]);
      expect(await ask('model')).toBe(first);
    });

    test('gives up on a canvas whose context stays lost', async () => {
      await ask('create', { ownCanvas: true });
      await paint('small');
      await ask('loseContext', null);
      await expect(ask('pose', [...POSE])).rejects.toThrow(/BackendError.*expected the lost context to come back/);
    });

    test('refuses a CPU that emulates a GPU, unless told otherwise', async () => {
      await ask('create', { allowSoftware: false });
      await expect(ask('loadFile', '/files/small.tha')).rejects.toThrow(
        /BackendError.*software renderer.*wasm is faster/,
      );
    });

    test('keeps its memory over many frames and characters, and frees all of it', async () => {
      await ask('create');
      await paint('small');
      const before = await ask('memory');
      expect(before.bytes).toBeGreaterThan(64 * 64 * 36);
      for (let i = 0; i < 100; i++) await ask('pose', [...POSE.map((value) => (value * i) / 100)]);
      expect(await ask('memory')).toEqual(before);
      await paint('flat');
      await paint('small');
      expect(await ask('memory')).toEqual(before);
      expect(await ask('contexts')).toBe(1);
      await ask('dispose');
      expect(await ask('memory')).toEqual({ tensors: 0, bytes: 0 });
      await expect(ask('pose', [...POSE])).rejects.toThrow(/disposed one/);
    });

    test('gives its contexts back', async () => {
      for (let i = 0; i < 18; i++) {
        await ask('create');
        await paint('small');
        await ask('dispose');
      }
      await ask('create');
      await paint('small');
      expect(bytesOf(await ask('pixels')).some((byte) => byte > 0)).toBe(true);
    });
  });
});

describe('the tfjs runtime on webgl', () => {
  beforeEach(open);

  test('paints the small student as the CPU does, survives a lost context and frees its tensors', async () => {
    const [expected, other] = [await cpuFrame('small', POSE), await cpuFrame('small', OTHER_POSE)];
    await ask('createTfjs');
    await paint('small');
    assertClose(bytesOf(await ask('pixels')), modelToImage(expected, 64, 64).data, { atol: 1 });
    await ask('loseContext', null);
    await ask('pose', [...OTHER_POSE]);
    assertClose(bytesOf(await ask('pixels')), modelToImage(other, 64, 64).data, { atol: 1 });
    await ask('dispose');
    expect((await ask('memory')).tensors).toBe(0);
  });
});
