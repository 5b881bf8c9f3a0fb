import { type Character, encodePng, FRAME_SIZE, ImageError, type Provenance, type RgbaImage } from '@tha4/core';
import { puppetTeacher, studentTeacher, type Teacher } from '@tha4/teacher';
import { hashOf } from '@tha4/teacher/distill';
import { maskImage, preparePicture } from '@tha4/teacher/prepare';
import { readBytes } from '../files/read-file.ts';
import { readPicture } from '../files/read-picture.ts';
import type { Reporter } from '../io.ts';
import type { Threads } from '../render/node-threads.ts';
import { type OpenedTeacher, openOfficial } from '../teacher/open-official.ts';
import type { DistillConfig } from './distill-options.ts';
import { readCharacterInput } from './read-character-input.ts';

/** What was read for a run. */
export interface DistillFiles {
  readonly image: RgbaImage;
  readonly imagePng: Uint8Array;
  readonly mask: RgbaImage;
  readonly maskPng: Uint8Array;
  /** `null` unless the teacher is a student. */
  readonly teacherCharacter: Character | null;
  /** `null` unless the teacher is one of the published systems. */
  readonly official: OpenedTeacher | null;
  /** Name and contents, for the fingerprint. */
  readonly teacherKey: string;
  readonly provenance: Provenance;
  /** What was changed in the picture, and what makes the result worse, in plain words. */
  readonly notes: readonly string[];
  /** Where the picture and the mask came from, in words. */
  readonly words: { readonly picture: string; readonly mask: string };
  readonly sources: readonly string[];
}

/**
 * Reads picture, mask and teacher, and makes the picture ready. A picture that somebody has drawn a mask over has its
 * place already, and a student as the teacher knows its own picture only: these are taken as they are.
 *
 * @throws {ImageError | FileError | CharacterError}
 */
export async function readDistillFiles(config: DistillConfig, reporter: Reporter): Promise<DistillFiles> {
  const teacher = config.teacher.kind === 'student' ? await readCharacterInput(config.teacher.path) : null;
  const read = await readPicture(config.picture);
  const drawn = config.mask === null ? null : (await readPicture(config.mask)).image;
  const prepared = preparePicture(read.image, { mask: drawn });
  const { report } = prepared;
  const asItIs = teacher !== null || drawn !== null;
  if (asItIs) checkSize(read.image, config.picture);
  const problems = report.findings.filter(({ kind }) => kind === 'problem').map(({ text }) => text);
  if (!report.ok && !asItIs) {
    throw new ImageError(
      `${config.picture}: expected a picture that keeps the rules, got one that does not; tha4 prepare shows where\n${problems.join('\n')}`,
    );
  }
  const official =
    config.teacher.kind === 'official' ? await openOfficial(config.teacher.system, config.official, reporter) : null;
  const image = asItIs ? read.image : prepared.character;
  const asItWas = image.data.every((value, i) => value === read.image.data[i]) && read.format === 'png';
  const mask = maskImage(prepared.mask);
  const known = teacher?.character.manifest.provenance ?? {};
  const licence = config.licence ?? known.licence;
  const author = config.author ?? known.picture?.author ?? (config.isDemo ? 'this project' : undefined);
  return {
    image,
    imagePng: asItWas ? await readBytes(config.picture) : encodePng(image),
    mask,
    maskPng: encodePng(mask),
    notes: asItIs ? read.notes : [...read.notes, ...report.done, ...report.findings.map(({ text }) => text)],
    teacherCharacter: teacher?.character ?? null,
    official,
    teacherKey: official?.key ?? (teacher === null ? 'puppet' : `student ${weightsHash(teacher.character)}`),
    provenance: {
      ...known,
      ...characterLicence(licence, official),
      picture: {
        ...known.picture,
        ...(author === undefined ? {} : { author }),
        ...(licence === undefined ? {} : { licence }),
      },
    },
    words: {
      picture: config.isDemo ? 'the demo character' : config.picture,
      mask: config.isDemo ? 'that of the demo character' : (config.mask ?? MASK_WORDS[report.mask.from]),
    },
    sources: [config.picture, ...(config.mask === null ? [] : [config.mask]), ...(teacher?.sources ?? [])],
  };
}

const MASK_WORDS = {
  picture: 'found in the picture',
  usual: 'its usual boxes: no face was recognised',
  given: 'as given',
} as const;

export function makeTeacher({ teacherCharacter, official }: DistillFiles, threads: Threads): Teacher {
  if (official !== null) return official.teacher;
  return teacherCharacter === null ? puppetTeacher() : studentTeacher(teacherCharacter, threads);
}

/** What a published teacher's licence asks for holds for its students, too, whatever the picture's says. */
function characterLicence(licence: string | undefined, official: OpenedTeacher | null): { licence?: string } {
  if (official === null) return licence === undefined ? {} : { licence };
  const { name, licence: theirs } = official.teacher.info;
  return {
    licence: `${theirs} (of the teacher ${name})${licence === undefined ? '' : `; of the picture: ${licence}`}`,
  };
}

function checkSize({ width, height, data }: RgbaImage, path: string): void {
  if (width !== FRAME_SIZE || height !== FRAME_SIZE) {
    throw new ImageError(
      `${path}: expected ${FRAME_SIZE}x${FRAME_SIZE} pixels, as its mask has, got ${width}x${height}; tha4 prepare makes both ready`,
    );
  }
  // The corners: a figure that fills all four has no background.
  const last = FRAME_SIZE * FRAME_SIZE - 1;
  if ([0, FRAME_SIZE - 1, last - FRAME_SIZE + 1, last].every((pixel) => data[4 * pixel + 3] === 255)) {
    throw new ImageError(`${path}: expected a transparent background, got an opaque one; tha4 prepare can cut it out`);
  }
}

function weightsHash({ face, body }: Character): string {
  const hashes = [...face.values(), ...body.values()].map(({ data }) =>
    hashOf(new Uint8Array(data.buffer, data.byteOffset, data.byteLength)),
  );
  return hashOf(new TextEncoder().encode(hashes.join()));
}
