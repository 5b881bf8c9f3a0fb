import {
  type Character,
  decodeTileMap,
  encodePng,
  encodeTileMap,
  type StudentConfig,
  writeCharacter,
} from '@tha4/core';
import { surveyTiles } from '../src/wasm/survey-tiles.ts';
import { syntheticCharacter } from './synthetic-students.ts';

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
