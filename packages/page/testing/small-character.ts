import {
  bodyMorpherSpec,
  type Character,
  encodePng,
  faceMorpherSpec,
  type Spec,
  type StudentConfig,
  type Weights,
} from '@tha4/core';
import { hashUniform } from '@tha4/test-utils';

const SIZE = 64;
const CONFIG: StudentConfig = {
  face: { imageSize: 16, poseSize: 39, widths: [12, 12] },
  body: {
    poseSize: 45,
    levels: [
      { size: 16, widths: [16, 8] },
      { size: 32, widths: [8, 8] },
      { size: SIZE, widths: [8, 8] },
    ],
  },
  faceTop: 10,
  faceLeft: 24,
};

/** A made-up character whose student is tiny: a soft disc that every parameter moves, painted in milliseconds. */
export function smallCharacter(name: string): Character {
  const image = { width: SIZE, height: SIZE, data: softDisc() };
  return {
    manifest: {
      format: 'tha4-character',
      version: 1,
      name,
      image: { file: 'character.png' },
      weights: { file: 'weights.safetensors' },
      student: CONFIG,
      provenance: { licence: 'CC0', teacher: { name: 'nobody' } },
    },
    image,
    imagePng: encodePng(image),
    faceMaskPng: null,
    config: CONFIG,
    face: weights('small/face', faceMorpherSpec(CONFIG.face)),
    body: weights('small/body', bodyMorpherSpec(CONFIG.body)),
  };
}

function weights(namespace: string, spec: Spec): Weights {
  return new Map(
    [...spec].map(([key, shape]) => {
      const uniform = hashUniform(
        `${namespace}/${key}`,
        shape.reduce((product, size) => product * size, 1),
      );
      // Small enough for smooth pictures; the sine layers multiply by 30.
      const scale = shape.length > 1 ? 1.5 / shape[0]! : 0.1;
      return [key, { shape, data: Float32Array.from(uniform, (value) => value * scale) }];
    }),
  );
}

function softDisc(): Uint8Array {
  const data = new Uint8Array(SIZE * SIZE * 4);
  for (let i = 0; i < SIZE * SIZE; i++) {
    const distance = Math.hypot((i % SIZE) - SIZE / 2, Math.floor(i / SIZE) - SIZE / 2);
    data.set([220, i % 256, 90, Math.min(255, Math.max(0, (26 - distance) * 60))], i * 4);
  }
  return data;
}
