import type { StoredDtype } from '../checkpoint/stored-tensor.ts';
import { weightsFromCheckpoint } from '../checkpoint/weights.ts';
import { readZip } from '../checkpoint/zip.ts';
import { CharacterError, ShapeError } from '../errors.ts';
import { decodePng } from '../image/png.ts';
import { bodyMorpherSpec } from '../models/body-morpher.ts';
import { faceMorpherSpec } from '../models/face-morpher.ts';
import { type StudentConfig, studentImageSize } from '../models/student.ts';
import { POSE_SIZE } from '../pose/parameters.ts';
import type { Character } from './character.ts';
import type { CharacterPacking } from './packing.ts';
import { type CharacterForm, type CharacterParts, identifyParts } from './parts.ts';
import { readStored, type StoredCharacter } from './stored-character.ts';

/** A character together with what its files were like. */
export interface CharacterInspection {
  readonly character: Character;
  /** `tha4` is this project's, `original` the PyTorch program's, `tfjs` the published web demos'. */
  readonly form: CharacterForm;
  /** Element types of the weights as stored, without repetition. */
  readonly dtypes: readonly StoredDtype[];
  /** What `writeCharacter` needs to keep the weights as they were stored; `F32` for wider and rarer floats. */
  readonly packing: CharacterPacking;
}

/**
 * Reads a character from one file: a `.tha`, or a zip of any folder that `readCharacterParts` takes.
 *
 * @param where the file's name, for messages and as the character's name where it has none of its own
 * @throws {CharacterError | CheckpointError | ImageError | ShapeError}
 */
export function readCharacter(bytes: Uint8Array, where: string): Character {
  return readCharacterParts(readZip(bytes, where), where);
}

/**
 * Reads a character from the files of its folder. Three forms are known: this project's (`character.json`), the
 * original's (`character_model.yaml`, or just the two `.pt` files and `character.png`), and the published web demos'
 * (`face_morpher.json`, `body_morpher.json`, their `.bin` shards and `character.png`).
 *
 * @throws {CharacterError | CheckpointError | ImageError | ShapeError}
 */
export function readCharacterParts(parts: CharacterParts, where: string): Character {
  return assemble(readStored(parts, where), where);
}

/** Reads a character, and says in which form and precision it was kept. Throws as `readCharacterParts` does. */
export function inspectCharacterParts(parts: CharacterParts, where: string): CharacterInspection {
  const stored = readStored(parts, where);
  return {
    character: assemble(stored, where),
    form: identifyParts(parts, where).form,
    dtypes: stored.dtypes,
    packing: stored.packing,
  };
}

function assemble({ manifest, png, mask, face, body }: StoredCharacter, where: string): Character {
  const config = manifest.student;
  checkGeometry(config, where);
  const weights = {
    face: weightsFromCheckpoint(face, faceMorpherSpec(config.face), `${where}: face morpher`),
    body: weightsFromCheckpoint(body, bodyMorpherSpec(config.body), `${where}: body morpher`),
  };
  const size = studentImageSize(config);
  const image = readPicture(png, size, `${where}: ${manifest.image.file}`);
  if (mask !== null) readPicture(mask, size, `${where}: ${manifest.faceMask?.file ?? 'face_mask.png'}`);
  return { manifest, image, imagePng: png, faceMaskPng: mask, config, ...weights };
}

function readPicture(png: Uint8Array, size: number, where: string): Character['image'] {
  const { width, height, data } = decodePng(png, where);
  if (width !== size || height !== size) {
    throw new ShapeError(`${where}: picture's rows and columns`, [size, size], [height, width]);
  }
  return { width, height, data };
}

function checkGeometry({ face, body, faceTop, faceLeft }: StudentConfig, where: string): void {
  const size = body.levels.at(-1)!.size;
  if (faceTop + face.imageSize > size || faceLeft + face.imageSize > size) {
    throw new CharacterError(
      `${where}: expected the face to lie inside the ${size}x${size} picture, got ${face.imageSize} px at row ${faceTop}, column ${faceLeft}`,
    );
  }
  if (body.poseSize !== POSE_SIZE || face.poseSize >= POSE_SIZE) {
    throw new CharacterError(
      `${where}: expected a body pose of ${POSE_SIZE} values and a face pose of fewer, got ${body.poseSize} and ${face.poseSize}`,
    );
  }
}
