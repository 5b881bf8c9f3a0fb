import { type Character, decodePng, ImageError, type RgbaImage } from '@tha4/core';
import { puppetTeacher, studentTeacher, type Teacher } from '@tha4/teacher';
import { findFaceMask, maskImage } from '@tha4/teacher/prepare';
import { openedCharacter, readCharacterInput } from '../commands/read-character-input.ts';
import { UsageError } from '../errors.ts';
import { openInput } from '../files/open-input.ts';
import { readBytes } from '../files/read-file.ts';
import type { Reporter } from '../io.ts';
import type { Threads } from '../render/node-threads.ts';
import { openOfficial } from '../teacher/open-official.ts';
import { parseTeacher, type TeacherChoice } from '../teacher/teacher-choice.ts';
import type { OfficialSettings } from '../teacher/teacher-options.ts';

/** A picture to pose, and what poses it. */
export interface Sitting {
  readonly name: string;
  readonly image: RgbaImage;
  /** `null` where the teacher needs none. */
  readonly mask: RgbaImage | null;
  readonly teacher: (threads: Threads) => Teacher;
  /** What runs it, for people; `null` where nothing had to be chosen. */
  readonly engine: string | null;
  /** Files that were read. */
  readonly sources: readonly string[];
  readonly dispose: () => Promise<void>;
}

/** What is asked to be shown. */
export interface SittingChoice {
  /** A picture, or a character of any form. */
  readonly input: string;
  /** A mask's file, or `null` for the character's own, else the automatic one. */
  readonly mask: string | null;
  /** See `parseTeacher`; `null`: a character's own student, the puppet for a picture. */
  readonly teacher: string | null;
  readonly official: OfficialSettings;
}

/**
 * Opens what is to be posed.
 *
 * @throws {UsageError | FileError | CharacterError | ImageError | MissingWeightsError | BackendError}
 */
export async function chooseSitting(
  { input, mask, teacher, official }: SittingChoice,
  reporter: Pick<Reporter, 'note' | 'progress'>,
): Promise<Sitting> {
  const wanted: TeacherChoice | null = teacher === null ? null : parseTeacher(teacher);
  const opened = await openInput(input);
  const own = opened.kind === 'character' ? openedCharacter(opened) : null;
  if (own === null && opened.kind !== 'png') {
    throw new ImageError(`${input}: expected a picture (.png) or a character, got weights or a graph`);
  }
  const image = own?.character.image ?? decodePng(opened.kind === 'png' ? opened.bytes : new Uint8Array(), input);
  const name = own?.character.manifest.name ?? input;
  const shared = { name, image, mask: null, engine: null, sources: opened.sources, dispose: async () => {} };
  const choice = wanted ?? (own === null ? { kind: 'puppet' } : null);
  if (choice?.kind === 'puppet') {
    const sources = [...opened.sources, ...(mask === null ? [] : [mask])];
    const drawn = await chooseMask(image, mask, own?.character ?? null);
    return { ...shared, mask: drawn, teacher: () => puppetTeacher(), sources };
  }
  if (mask !== null) throw new UsageError('--mask: expected it with the puppet, got another teacher, which needs none');
  if (choice === null) return { ...shared, teacher: (threads) => studentTeacher(own!.character, threads) };
  if (choice.kind === 'official') {
    const { teacher, engine, dispose } = await openOfficial(choice.system, official, reporter);
    return { ...shared, teacher: () => teacher, engine: engine.words, dispose };
  }
  const other = await readCharacterInput(choice.path);
  return {
    ...shared,
    teacher: (threads) => studentTeacher(other.character, threads),
    sources: [...opened.sources, ...other.sources],
  };
}

async function chooseMask(image: RgbaImage, path: string | null, own: Character | null): Promise<RgbaImage> {
  if (path !== null) return decodePng(await readBytes(path), path);
  if (own?.faceMaskPng) return decodePng(own.faceMaskPng, 'face mask');
  return maskImage(findFaceMask(image));
}
