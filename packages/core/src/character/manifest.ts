import * as v from 'valibot';
import { CharacterError } from '../errors.ts';

/** Value of `format` in every `character.json`. */
export const CHARACTER_FORMAT = 'tha4-character';

/** Newest version of the format that this code reads, and the one that it writes. */
export const CHARACTER_VERSION = 1;

// A plain name: an entry of a manifest never points outside its own folder.
const fileName = v.pipe(v.string(), v.regex(/^(?!\.)[\w .()+-]{1,128}$/, 'a plain file name'));
const positiveInteger = (max: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(max));
const widths = v.pipe(v.array(positiveInteger(4096)), v.minLength(1), v.maxLength(32));
const text = v.pipe(v.string(), v.maxLength(4096));

const student = v.object({
  face: v.object({ imageSize: positiveInteger(4096), poseSize: positiveInteger(45), widths }),
  body: v.object({
    poseSize: positiveInteger(45),
    levels: v.pipe(v.array(v.object({ size: positiveInteger(4096), widths })), v.minLength(1), v.maxLength(8)),
  }),
  faceTop: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4096)),
  faceLeft: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(4096)),
});

const provenance = v.looseObject({
  /** What painted the training frames, and under which licence it came. */
  teacher: v.optional(v.looseObject({ name: text, licence: v.optional(text) })),
  /** Who drew the picture, and what may be done with it. */
  picture: v.optional(v.looseObject({ author: v.optional(text), licence: v.optional(text), source: v.optional(text) })),
  /** What may be done with this character file as a whole. */
  licence: v.optional(text),
  recipe: v.optional(text),
  seed: v.optional(v.number()),
  steps: v.optional(v.number()),
  wallSeconds: v.optional(v.number()),
  engine: v.optional(text),
  /** Form that the character had before it was converted, e.g. `original (.pt)`. */
  convertedFrom: v.optional(text),
});

const quality = v.looseObject({
  /** How the numbers were taken: colour space, alpha, channels. */
  convention: text,
  /** Against whom: the teacher's name. */
  reference: text,
  poses: positiveInteger(1_000_000),
  psnr: v.number(),
  ssim: v.optional(v.number()),
  facePsnr: v.optional(v.number()),
  faceSsim: v.optional(v.number()),
});

const manifest = v.object({
  format: v.literal(CHARACTER_FORMAT),
  version: v.literal(CHARACTER_VERSION),
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  image: v.object({ file: fileName }),
  faceMask: v.optional(v.object({ file: fileName })),
  weights: v.object({ file: fileName }),
  student,
  provenance,
  quality: v.optional(quality),
});

/** Contents of `character.json`. */
export type CharacterManifest = v.InferOutput<typeof manifest>;
/** Where a character comes from and what may be done with it. */
export type Provenance = CharacterManifest['provenance'];
/** Measured likeness of a student to its teacher. */
export type CharacterQuality = NonNullable<CharacterManifest['quality']>;

/**
 * Checks parsed JSON against the schema of `character.json`.
 *
 * @param where the file's name, for messages
 * @throws {CharacterError} naming the first entry that does not fit
 */
export function parseManifest(json: unknown, where: string): CharacterManifest {
  const version = (json as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > CHARACTER_VERSION) {
    throw new CharacterError(
      `${where}: expected format version ${CHARACTER_VERSION}, got ${version}; it was written by a newer release, update @tha4`,
    );
  }
  const result = v.safeParse(manifest, json);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue) ?? '(top)';
  throw new CharacterError(
    `${where}: entry '${path}': expected ${issue.expected ?? issue.requirement}, got ${issue.received}; is it a character.json of @tha4?`,
  );
}
