import {
  bodyMorpherSpec,
  CHARACTER_FORMAT,
  CHARACTER_VERSION,
  type Character,
  encodePng,
  faceMorpherSpec,
  type Spec,
  type StudentConfig,
  type Weights,
} from '@tha4/core';
import { hashUniform } from '@tha4/test-utils';

/** A student of 64 px, so that painting takes milliseconds. */
const STUDENT: StudentConfig = {
  face: { imageSize: 16, poseSize: 39, widths: [8, 6] },
  body: {
    poseSize: 45,
    levels: [
      { size: 32, widths: [8, 6] },
      { size: 64, widths: [6] },
    ],
  },
  faceTop: 12,
  faceLeft: 22,
};

/** A made-up character: a green square on nothing, seeded weights. */
export function smallCharacter(): Character {
  const data = new Uint8Array(64 * 64 * 4);
  for (let y = 8; y < 60; y++) for (let x = 10; x < 50; x++) data.set([x * 4, 200, y * 3, 255], (y * 64 + x) * 4);
  const image = { width: 64, height: 64, data };
  return {
    manifest: {
      format: CHARACTER_FORMAT,
      version: CHARACTER_VERSION,
      name: 'Small One',
      image: { file: 'character.png' },
      weights: { file: 'weights.safetensors' },
      student: STUDENT,
      provenance: { teacher: { name: 'nobody' }, licence: 'CC0-1.0' },
    },
    image,
    imagePng: encodePng(image),
    faceMaskPng: null,
    config: STUDENT,
    face: weights(faceMorpherSpec(STUDENT.face)),
    body: resting(weights(bodyMorpherSpec(STUDENT.body))),
  };
}

function weights(spec: Spec): Weights {
  return new Map(
    [...spec].map(([key, shape]) => {
      const count = shape.reduce((product, side) => product * side, 1);
      return [key, { shape, data: Float32Array.from(hashUniform(key, count), (x) => x / 8) }];
    }),
  );
}

/** Flow and alpha made small: at rest the picture stays nearly as it is. */
function resting(body: Weights): Weights {
  return new Map(
    [...body].map(([key, { shape, data }]) => [
      key,
      { shape, data: key.startsWith('last_linear') ? data.map((x) => x / 100) : data },
    ]),
  );
}
