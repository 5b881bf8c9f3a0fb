import {
  bodyMorpherSpec,
  CHARACTER_FORMAT,
  CHARACTER_VERSION,
  type Character,
  encodePng,
  encodeTileMap,
  faceMorpherSpec,
  MAP_TILE,
  type RgbaImage,
  type Spec,
  STUDENT,
  studentImageSize,
  type TileMap,
  type Weights,
} from '@tha4/core';
import { hashUniform } from '@tha4/test-utils/generator';
import { paintedTiles } from '../count/needed-pixels.ts';

/**
 * A student of the paper's size that nobody trained, so that a clone alone can be measured: seeded weights, a picture
 * of a figure made in code that does not move, and a fixed map of tiles that holds two tiles more around it. A frame
 * paints 43 % of the picture, as in the mean of ten real characters; the map with its band is 50 % (theirs 53 %). The
 * time of a frame does not depend on what the numbers are.
 */
export function syntheticCharacter(): Character {
  const size = studentImageSize(STUDENT);
  const image = figure(size);
  return {
    manifest: {
      format: CHARACTER_FORMAT,
      version: CHARACTER_VERSION,
      name: 'synthetic',
      image: { file: 'character.png' },
      weights: { file: 'weights.safetensors' },
      student: STUDENT,
      provenance: { teacher: { name: 'none' }, licence: 'CC0-1.0' },
      visibleTiles: mapOf(image),
    },
    image,
    imagePng: encodePng(image),
    faceMaskPng: null,
    config: STUDENT,
    face: weights('face', faceMorpherSpec(STUDENT.face), 'siren.last_linear'),
    body: weights('body', bodyMorpherSpec(STUDENT.body), 'last_linear'),
  };
}

/**
 * Weights as a SIREN is initialised, uniform within sqrt(6 / inputs) / 30. The last layer is calm: it moves the picture
 * by less than a thousandth of a pixel and adds no visible alpha, so that nothing appears where nothing is.
 */
function weights(network: string, spec: Spec, last: string): Weights {
  return new Map(
    [...spec].map(([key, shape]) => {
      const scale = key.startsWith(last) ? 1e-7 : Math.sqrt(6 / shape[0]!) / 30;
      const count = shape.reduce((product, side) => product * side, 1);
      return [key, { shape, data: Float32Array.from(hashUniform(`${network}.${key}`, count), (x) => x * scale) }];
    }),
  );
}

/** A round head on shoulders, on nothing. */
function figure(size: number): RgbaImage {
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const across = Math.abs((x + 0.5) / size - 0.5);
      const down = (y + 0.5) / size;
      const head = Math.hypot(across / 0.216, (down - 0.36) / 0.262) < 1;
      const shoulders = down > 0.5 && across < 0.16 + 0.22 * (down - 0.5);
      if (head || shoulders) data.set(head ? [230, 190, 170, 255] : [70, 90, 150, 255], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}

/** The tiles of a picture that are not empty, and two more on each side, where another character would move. */
function mapOf(image: RgbaImage): TileMap {
  const wider = (map: TileMap): TileMap => encodeTileMap(paintedTiles(map, image.width), 1);
  return wider(wider(encodeTileMap(tilesOf(image), 1)));
}

/** `[side, side]`, 1 where a tile of the picture is not empty. */
function tilesOf({ width, height, data }: RgbaImage): Uint8Array {
  const side = Math.ceil(width / MAP_TILE);
  const tiles = new Uint8Array(side * side);
  for (let at = 0; at < width * height; at++) {
    const row = Math.floor(at / width / MAP_TILE);
    if (data[at * 4 + 3]! > 0) tiles[row * side + Math.floor((at % width) / MAP_TILE)] = 1;
  }
  return tiles;
}
