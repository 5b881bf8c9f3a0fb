// What every GPU runtime must do, whatever its page.
import { deviation } from '@tha4/test-utils';
import { expect } from 'vitest';
import type { Quality } from '../src/quality.ts';
import { cpuFrame, cpuStudent, innerPixels, posesOfParts, posesToReuse } from './synthetic-students.ts';

/** A runtime in a browser's page, as far as what all runtimes must do is checked on it. */
export interface GpuPage {
  loadFile(url: string): Promise<unknown>;
  setQuality(quality: Quality): Promise<unknown>;
  /** Paints a pose. @returns what the frame is */
  qualityOf(pose: Float32Array): Promise<Quality>;
  /** The last frame, as bytes and in model space. */
  pixels(): Promise<Uint8Array>;
  model(): Promise<Float32Array>;
  memory(): Promise<{ readonly tensors: number }>;
}

/**
 * Checks on a page that serves `mappedFiles` that tiles are left out without a change that can be seen, that a gap in the
 * map heals in the same frame, and that what was kept before the gap was found is not used.
 *
 * @param where the runtime, for what is printed
 */
export async function expectTilesLeftOut(where: string, page: GpuPage, pose: Float32Array): Promise<void> {
  const oddPose = pose.map((value) => value * 3); // far outside of what maps are made for
  const calm = pose.map((value) => value / 4);
  const frame = async (name: string, wanted: Float32Array): Promise<readonly [Uint8Array, number]> => {
    await page.loadFile(`/files/${name}.tha`);
    await page.qualityOf(oddPose);
    await page.qualityOf(wanted);
    return [seenBytes(await page.pixels()), untouchedShare(await page.model())];
  };
  const [expected, everywhere] = await frame('plain', calm);
  const [odd] = await frame('plain', oddPose);
  for (const name of ['mapped', 'gap']) {
    const [actual, share] = await frame(name, calm);
    console.log(`${where}, ${name}: ${Math.round(share * 100)} % of the picture not painted`);
    expect(actual).toEqual(expected);
    expect(share).toBeGreaterThan(everywhere + 0.3);
    expect((await frame(name, oddPose))[0]).toEqual(odd);
  }
  for (const set of ['reuse', 'half'] as const) {
    await page.setQuality(set);
    const kept: Uint8Array[] = [];
    for (const name of ['plain', 'gap']) {
      await page.loadFile(`/files/${name}.tha`);
      for (const [wanted, quality] of posesToReuse(calm).slice(0, 2))
        expect(await page.qualityOf(wanted)).toBe(set === 'half' ? 'half' : quality);
      kept.push(seenBytes(await page.pixels()));
    }
    expect(kept[1]).toEqual(kept[0]);
  }
}

/** Checks that `reuse` keeps the body of a synthetic student while only the face moves, as the CPU does. */
export async function expectBodyKept(page: GpuPage, name: string, first: Float32Array): Promise<void> {
  const painter = await cpuStudent(name);
  await page.loadFile(`/files/${name}.tha`);
  await page.setQuality('reuse');
  for (const [pose, quality] of posesToReuse(first)) {
    expect(await page.qualityOf(pose)).toBe(quality);
    const expected = painter.paint(pose, 'reuse');
    expect(painter.quality).toBe(quality);
    const actual = await page.model();
    expect(deviation(actual, expected).meanAbs).toBeLessThan(1e-5);
    const exact = deviation(actual, await cpuFrame(name, pose)).meanAbs;
    if (quality === 'reuse') expect(exact, 'it is not the exact frame').toBeGreaterThan(1e-5);
  }
}

/** Checks that a body that does not see the face is kept whatever the face does, and a face whatever the body does. */
export async function expectPartsKept(page: GpuPage, first: Float32Array): Promise<void> {
  await page.loadFile('/files/blind.tha');
  const { tensors } = await page.memory();
  for (const pose of posesOfParts(first)) {
    expect(await page.qualityOf(pose)).toBe('exact');
    expect(deviation(await page.model(), await cpuFrame('blind', pose)).meanAbs).toBeLessThan(1e-5);
  }
  expect((await page.memory()).tensors, 'it has kept the body').toBeGreaterThan(tensors);
}

/**
 * Checks that the last level of the odd student is painted at half the size, as the CPU does.
 *
 * @param between done before the last pose is painted once more; what was kept may be lost by it
 */
export async function expectHalf(
  page: GpuPage,
  first: Float32Array,
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  const painter = await cpuStudent('odd');
  await page.loadFile('/files/odd.tha');
  await page.setQuality('half');
  const check = async (pose: Float32Array): Promise<void> => {
    expect(await page.qualityOf(pose)).toBe('half');
    const expected = painter.paint(pose, 'half').slice();
    const actual = await page.model();
    expect(deviation(innerPixels(actual, 64), innerPixels(expected, 64)).meanAbs).toBeLessThan(1e-6);
    const exact = deviation(actual, await cpuFrame('odd', pose)).meanAbs;
    expect(exact, 'it is not the exact frame').toBeGreaterThan(1e-5);
  };
  const poses = posesToReuse(first).map(([pose]) => pose);
  for (const pose of poses) await check(pose);
  await between();
  await check(poses.at(-1)!);
  await page.setQuality('reuse');
  expect(await page.qualityOf(poses.at(-1)!)).toBe('exact'); // half is not good enough for it
}

/** A frame as it is seen: what is transparent has no colour. */
function seenBytes(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, i) => (bytes[i | 3] === 0 ? 0 : byte));
}

/** Share of a frame in model space that is as empty as what nobody paints, 0..1. */
function untouchedShare(model: Float32Array): number {
  let count = 0;
  for (let i = 0; i < model.length; i += 4) {
    if (model[i] === -1 && model[i + 1] === -1 && model[i + 2] === -1 && model[i + 3] === -1) count++;
  }
  return (count * 4) / model.length;
}
