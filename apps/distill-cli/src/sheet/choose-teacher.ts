import { type Character, decodePng, ImageError, type RgbaImage } from '@tha4/core';
import { puppetTeacher, studentTeacher, type Teacher } from '@tha4/teacher';
import { findFaceMask, maskImage } from '@tha4/teacher/prepare';
import { openedCharacter, readCharacterInput } from '../commands/read-character-input.ts';
import { UsageError } from '../errors.ts';
import { openInput } from '../files/open-input.ts';
import { readBytes } from '../files/read-file.ts';
import type { Threads } from '../render/node-threads.ts';

/** A picture to pose, and what poses it. */
export interface Sitting {
  readonly name: string;
  readonly image: RgbaImage;
  /** `null` where the teacher needs none. */
  readonly mask: RgbaImage | null;
  readonly teacher: (threads: Threads) => Teacher;
  /** Files that were read. */
  readonly sources: readonly string[];
}

/** What a sheet is asked to show. */
export interface SittingChoice {
  /** A picture, or a character of any form. */
  readonly input: string;
  /** A mask's file, or `null` for the character's own, else the automatic one. */
  readonly mask: string | null;
  /** `puppet`, `student:FILE`, or `null`: a character's own student, the puppet for a picture. */
  readonly teacher: string | null;
}

/** Opens what is to be posed. @throws {UsageError | FileError | CharacterError | ImageError} */
export async function chooseSitting({ input, mask, teacher }: SittingChoice): Promise<Sitting> {
  const opened = await openInput(input);
  const own = opened.kind === 'character' ? openedCharacter(opened) : null;
  if (own === null && opened.kind !== 'png') {
    throw new ImageError(`${input}: expected a picture (.png) or a character, got weights or a graph`);
  }
  const image = own?.character.image ?? decodePng(opened.kind === 'png' ? opened.bytes : new Uint8Array(), input);
  const name = own?.character.manifest.name ?? input;
  const wanted = teacher ?? (own === null ? 'puppet' : 'own');
  if (wanted === 'puppet') {
    const read = mask === null ? [] : [mask];
    const drawn = await chooseMask(image, mask, own?.character ?? null);
    return { name, image, mask: drawn, teacher: () => puppetTeacher(), sources: [...opened.sources, ...read] };
  }
  if (mask !== null)
    throw new UsageError('--mask: expected it with the puppet, got a student; a student needs no mask');
  if (wanted === 'own') return ofStudent(own!.character, image, name, opened.sources);
  const [, file] = /^student:(.+)$/s.exec(wanted) ?? [];
  if (file === undefined) {
    throw new UsageError(`--teacher: expected puppet or student:FILE, got '${wanted}'`);
  }
  const other = await readCharacterInput(file);
  return ofStudent(other.character, image, name, [...opened.sources, ...other.sources]);
}

function ofStudent(character: Character, image: RgbaImage, name: string, sources: readonly string[]): Sitting {
  return { name, image, mask: null, teacher: (threads) => studentTeacher(character, threads), sources };
}

async function chooseMask(image: RgbaImage, path: string | null, own: Character | null): Promise<RgbaImage> {
  if (path !== null) return decodePng(await readBytes(path), path);
  if (own?.faceMaskPng) return decodePng(own.faceMaskPng, 'face mask');
  return maskImage(findFaceMask(image));
}
