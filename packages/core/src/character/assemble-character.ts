import { weightsFromCheckpoint } from '../checkpoint/weights.ts';
import { CharacterError, ShapeError } from '../errors.ts';
import { decodePng } from '../image/png.ts';
import { bodyMorpherSpec } from '../models/body-morpher.ts';
import { faceMorpherSpec } from '../models/face-morpher.ts';
import { type StudentConfig, studentImageSize } from '../models/student.ts';
import { POSE_SIZE } from '../pose/parameters.ts';
import type { Character } from './character.ts';
import type { StoredCharacter } from './stored-own.ts';

/** Checks a stored character against its config and decodes its picture; nothing is taken on trust. */
export function assembleCharacter({ manifest, png, mask, face, body }: StoredCharacter, where: string): Character {
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
