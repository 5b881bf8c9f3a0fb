import { hashUniform } from '@tha4/test-utils';
import type { Character } from '../src/character/character.ts';
import { CHARACTER_FORMAT, CHARACTER_VERSION } from '../src/character/manifest.ts';
import type { Spec, Weights } from '../src/checkpoint/stored-tensor.ts';
import { encodePng } from '../src/image/png.ts';
import type { RgbaImage } from '../src/image/rgba-image.ts';
import { bodyMorpherSpec } from '../src/models/body-morpher.ts';
import { faceMorpherSpec } from '../src/models/face-morpher.ts';
import type { StudentConfig } from '../src/models/student.ts';

/** A student of 64 px with a 16 px face and about 2,000 parameters: every path of a real one, in kilobytes. */
export const SMALL_STUDENT: StudentConfig = {
  face: { imageSize: 16, poseSize: 39, widths: [8, 6] },
  body: {
    poseSize: 45,
    levels: [
      { size: 16, widths: [10, 8] },
      { size: 32, widths: [8, 6] },
      { size: 64, widths: [6] },
    ],
  },
  faceTop: 12,
  faceLeft: 22,
};

/** A made-up character with every optional part, of seeded numbers. */
export function smallCharacter(config: StudentConfig = SMALL_STUDENT): Character {
  const size = config.body.levels.at(-1)!.size;
  const image = disc(size);
  const mask = { ...image, data: image.data.map((_, i) => (i % 4 === 3 || i % 8 < 4 ? 255 : 0)) };
  return {
    manifest: {
      format: CHARACTER_FORMAT,
      version: CHARACTER_VERSION,
      name: 'Small One',
      image: { file: 'character.png' },
      faceMask: { file: 'face_mask.png' },
      weights: { file: 'weights.safetensors' },
      student: config,
      provenance: { teacher: { name: 'none' }, licence: 'CC0-1.0', seed: 3, note: ['kept', { as: 'it is' }] },
      quality: { convention: 'made up', reference: 'none', poses: 2, psnr: 33.5 },
    },
    image,
    imagePng: encodePng(image),
    faceMaskPng: encodePng(mask),
    config,
    face: weights('face', faceMorpherSpec(config.face)),
    body: weights('body', bodyMorpherSpec(config.body)),
  };
}

function weights(prefix: string, spec: Spec): Weights {
  return new Map(
    [...spec].map(([key, shape]) => {
      const count = shape.reduce((product, side) => product * side, 1);
      return [key, { shape, data: Float32Array.from(hashUniform(`${prefix}.${key}`, count), (x) => x / 8) }];
    }),
  );
}

/** A coloured disc with soft edges on nothing. */
function disc(size: number): RgbaImage {
  const data = new Uint8Array(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const distance = Math.hypot(x - size * 0.45, y - size * 0.5) / size;
      const alpha = Math.round(255 * Math.min(1, Math.max(0, (0.4 - distance) * 12)));
      if (alpha > 0) data.set([90 + ((x * 7) % 160), 60 + ((y * 5) % 190), (x + y) % 256, alpha], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, data };
}
