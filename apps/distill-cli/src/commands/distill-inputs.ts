import {
  type Character,
  decodePng,
  encodePng,
  FRAME_SIZE,
  ImageError,
  type Provenance,
  type RgbaImage,
} from '@tha4/core';
import { puppetTeacher, studentTeacher, type Teacher } from '@tha4/teacher';
import { hashOf } from '@tha4/teacher/distill';
import { findFaceMask, maskImage } from '@tha4/teacher/prepare';
import { readBytes } from '../files/read-file.ts';
import type { Threads } from '../render/node-threads.ts';
import type { DistillConfig } from './distill-options.ts';
import { readCharacterInput } from './read-character-input.ts';

/** What was read for a run. */
export interface DistillFiles {
  readonly image: RgbaImage;
  readonly imagePng: Uint8Array;
  readonly mask: RgbaImage;
  readonly maskPng: Uint8Array;
  /** `null` for the puppet. */
  readonly teacherCharacter: Character | null;
  /** Name and contents, for the fingerprint. */
  readonly teacherKey: string;
  readonly provenance: Provenance;
  /** Where the picture and the mask came from, in words. */
  readonly words: { readonly picture: string; readonly mask: string };
  readonly sources: readonly string[];
}

/** Reads and checks picture, mask and teacher. @throws {ImageError | FileError | CharacterError} */
export async function readDistillFiles(config: DistillConfig): Promise<DistillFiles> {
  const imagePng = await readBytes(config.picture);
  const image = decodePng(imagePng, config.picture);
  checkPicture(image, image.hasAlpha, config.picture);
  const mask = config.mask === null ? maskImage(findFaceMask(image)) : await readMask(config.mask);
  const sources = [config.picture, ...(config.mask === null ? [] : [config.mask])];
  const teacher = config.teacher.kind === 'student' ? await readCharacterInput(config.teacher.path) : null;
  const known = teacher?.character.manifest.provenance ?? {};
  const licence = config.licence ?? known.licence;
  const author = config.author ?? known.picture?.author ?? (config.isDemo ? 'this project' : undefined);
  return {
    image,
    imagePng,
    mask,
    maskPng: encodePng(mask),
    teacherCharacter: teacher?.character ?? null,
    teacherKey: teacher === null ? 'puppet' : `student ${weightsHash(teacher.character)}`,
    provenance: {
      ...known,
      ...(licence === undefined ? {} : { licence }),
      picture: {
        ...known.picture,
        ...(author === undefined ? {} : { author }),
        ...(licence === undefined ? {} : { licence }),
      },
    },
    words: {
      picture: config.isDemo ? 'the demo character' : config.picture,
      mask: config.mask === null ? 'found in the picture' : config.isDemo ? 'that of the demo character' : config.mask,
    },
    sources: [...sources, ...(teacher?.sources ?? [])],
  };
}

export function makeTeacher({ teacherCharacter }: DistillFiles, threads: Threads): Teacher {
  return teacherCharacter === null ? puppetTeacher() : studentTeacher(teacherCharacter, threads);
}

function checkPicture({ width, height }: RgbaImage, hasAlpha: boolean, path: string): void {
  if (width !== FRAME_SIZE || height !== FRAME_SIZE) {
    throw new ImageError(
      `${path}: expected a picture of ${FRAME_SIZE}x${FRAME_SIZE} pixels, got ${width}x${height}; tha4 prepare makes one of it`,
    );
  }
  if (!hasAlpha) {
    throw new ImageError(
      `${path}: expected a transparent background, got a picture without alpha; cut the figure out first`,
    );
  }
}

async function readMask(path: string): Promise<RgbaImage> {
  const mask = decodePng(await readBytes(path), path);
  if (mask.width !== FRAME_SIZE || mask.height !== FRAME_SIZE) {
    throw new ImageError(
      `${path}: expected a mask of ${FRAME_SIZE}x${FRAME_SIZE} pixels, got ${mask.width}x${mask.height}`,
    );
  }
  return mask;
}

function weightsHash({ face, body }: Character): string {
  const hashes = [...face.values(), ...body.values()].map(({ data }) =>
    hashOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
  return hashOf(new TextEncoder().encode(hashes.join()));
}
