import {
  CHARACTER_FORMAT,
  CHARACTER_VERSION,
  type Character,
  type CharacterManifest,
  type CharacterQuality,
  characterParts,
  type Provenance,
  QUALITY_CONVENTION,
  type RgbaImage,
  readCharacterParts,
  type StudentConfig,
  type Weights,
} from '@tha4/core';
import type { MeanQuality } from './exam.ts';

/** What a character is made from, beside its weights. */
export interface CharacterSource {
  readonly name: string;
  readonly image: RgbaImage;
  readonly imagePng: Uint8Array;
  readonly maskPng: Uint8Array | null;
  readonly student: StudentConfig;
  readonly provenance: Provenance;
}

/** A character of some weights, in memory. */
export function assembleDistilled(
  { name, image, imagePng, maskPng, student, provenance }: CharacterSource,
  face: Weights,
  body: Weights,
): Character {
  const manifest: CharacterManifest = {
    format: CHARACTER_FORMAT,
    version: CHARACTER_VERSION,
    name,
    image: { file: 'character.png' },
    weights: { file: 'weights.safetensors' },
    student,
    provenance,
  };
  return { manifest, image, imagePng, faceMaskPng: maskPng, config: student, face, body };
}

/** The character as its file will hold it: weights rounded to 16 bits, so that what is measured is what is written. */
export function packedCharacter(character: Character): Character {
  return readCharacterParts(characterParts(character, 'I16'), character.manifest.name);
}

/** @param reference the teacher's name @param poses how many were looked at */
export function characterQuality(mean: MeanQuality, reference: string, poses: number): CharacterQuality {
  const round = (value: number, digits: number): number => Number(value.toFixed(digits));
  return {
    convention: QUALITY_CONVENTION,
    reference,
    poses,
    psnr: round(mean.psnr, 2),
    ssim: round(mean.ssim, 4),
    facePsnr: round(mean.facePsnr, 2),
    faceSsim: round(mean.faceSsim, 4),
  };
}
