import {
  type Character,
  decodeTileMap,
  encodePng,
  encodeTileMap,
  type StudentConfig,
  writeCharacter,
} from '@tha4/core';
import { expect } from 'vitest';
import type { Quality } from '../src/quality.ts';
import { surveyTiles } from '../src/wasm/survey-tiles.ts';
import { posesToReuse, syntheticCharacter } from './synthetic-students.ts';

const SIZE = 128;
const MAP_SIDE = SIZE / 8;

const CONFIG: StudentConfig = {
  face: { imageSize: 16, poseSize: 39, widths: [8, 6] },
  body: {
    poseSize: 45,
    levels: [
      { size: 32, widths: [20, 8] },
      { size: 64, widths: [12, 70] },
      { size: SIZE, widths: [10, 9] },
    ],
  },
  faceTop: 56,
  faceLeft: 52,
};

/** A small disc around a face, in a picture that is empty elsewhere. */
function loneCharacter(): Character {
  const made = syntheticCharacter(CONFIG);
  const data = made.image.data.slice();
  for (let i = 0; i < SIZE * SIZE; i++) {
    const away = Math.hypot((i % SIZE) - 60, Math.floor(i / SIZE) - 64);
    if (away > 20) data.fill(0, i * 4, i * 4 + 4);
  }
  // Its colour is transparent, so it is seen only where its picture is moved to.
  for (const [part, value] of [
    ['weight', 0],
    ['bias', -1],
  ] as const) {
    const last = made.body.get(`last_linear.${part}`)!;
    for (let i = 6; i < last.data.length; i += 7) last.data[i] = value;
  }
  const image = { ...made.image, data };
  return { ...made, image, imagePng: encodePng(image) };
}

/**
 * The same character as files: `plain` has no map of visible tiles, `mapped` a right one, `gap` one that knows a single
 * tile of those where there is something.
 */
export async function mappedFiles(): Promise<Map<string, Uint8Array>> {
  const made = loneCharacter();
  const map = await surveyTiles(made, { poses: 4 });
  const visible = decodeTileMap(map, SIZE, 'map');
  const middle = (MAP_SIDE / 2) * MAP_SIDE + MAP_SIDE / 2;
  const gap = visible.map((_, at) => (at === middle ? 1 : 0));
  const withMap = (visibleTiles: typeof map): Uint8Array =>
    writeCharacter({ ...made, manifest: { ...made.manifest, visibleTiles } });
  return new Map([
    ['plain.tha', writeCharacter(made)],
    ['mapped.tha', withMap(map)],
    ['gap.tha', withMap(encodeTileMap(gap, 1))],
  ]);
}

/** A runtime in a browser's page, as far as `expectTilesLeftOut` uses it. */
export interface MappedPage {
  loadFile(url: string): Promise<unknown>;
  setQuality(quality: Quality): Promise<unknown>;
  /** Paints a pose. @returns what the frame is */
  qualityOf(pose: readonly number[]): Promise<Quality>;
  pixels(): Promise<Uint8Array>;
  model(): Promise<Float32Array>;
}

/**
 * Checks on a page that serves `mappedFiles` that tiles are left out without a change that can be seen, that a gap in the
 * map heals in the same frame, and that what was kept before the gap was found is not used.
 *
 * @param where the runtime, for what is printed
 */
export async function expectTilesLeftOut(where: string, page: MappedPage, pose: Float32Array): Promise<void> {
  const oddPose = pose.map((value) => value * 3); // far outside of what maps are made for
  const calm = pose.map((value) => value / 4);
  const frame = async (name: string, wanted: Float32Array): Promise<readonly [Uint8Array, number]> => {
    await page.loadFile(`/files/${name}.tha`);
    await page.qualityOf([...oddPose]);
    await page.qualityOf([...wanted]);
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
        expect(await page.qualityOf([...wanted])).toBe(set === 'half' ? 'half' : quality);
      kept.push(seenBytes(await page.pixels()));
    }
    expect(kept[1]).toEqual(kept[0]);
  }
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
