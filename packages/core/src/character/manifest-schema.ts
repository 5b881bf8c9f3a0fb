import * as v from 'valibot';
import type { CharacterManifest, KeptManifest } from './manifest.ts';

// A plain name: an entry of a manifest never points outside its own folder.
const fileName = v.pipe(v.string(), v.regex(/^(?!\.)[\w .()+-]{1,128}$/, 'a plain file name'));
const integer = (min: number, max: number) => v.pipe(v.number(), v.integer(), v.minValue(min), v.maxValue(max));
const finite = v.pipe(v.number(), v.finite());
const widths = v.pipe(v.array(integer(1, 4096)), v.minLength(1), v.maxLength(32));
const text = v.pipe(v.string(), v.maxLength(4096));
const name = v.pipe(v.string(), v.minLength(1), v.maxLength(200));

const student = v.object({
  face: v.object({ imageSize: integer(1, 4096), poseSize: integer(1, 45), widths }),
  body: v.object({
    poseSize: integer(1, 45),
    levels: v.pipe(v.array(v.object({ size: integer(1, 4096), widths })), v.minLength(1), v.maxLength(8)),
  }),
  faceTop: integer(0, 4096),
  faceLeft: integer(0, 4096),
});

const provenance = v.looseObject({
  teacher: v.exactOptional(v.looseObject({ name: text, licence: v.exactOptional(text) })),
  picture: v.exactOptional(
    v.looseObject({ author: v.exactOptional(text), licence: v.exactOptional(text), source: v.exactOptional(text) }),
  ),
  licence: v.exactOptional(text),
  recipe: v.exactOptional(text),
  seed: v.exactOptional(finite),
  steps: v.exactOptional(finite),
  wallSeconds: v.exactOptional(finite),
  engine: v.exactOptional(text),
  convertedFrom: v.exactOptional(text),
});

const quality = v.looseObject({
  convention: text,
  reference: text,
  poses: integer(1, 1_000_000),
  psnr: finite,
  ssim: v.exactOptional(finite),
  facePsnr: v.exactOptional(finite),
  faceSsim: v.exactOptional(finite),
});

const visibleTiles = v.object({
  tile: v.literal(8),
  poses: integer(1, 1_000_000),
  rows: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[\da-f]{1,128}$/, 'hexadecimal digits'))), v.maxLength(512)),
});

/** Schema of `character.json`; what the entries mean is in `CharacterManifest`. */
export const manifestSchema: v.GenericSchema<unknown, CharacterManifest> = v.object({
  format: v.literal('tha4-character'),
  version: v.literal(1),
  name,
  image: v.object({ file: fileName }),
  faceMask: v.exactOptional(v.object({ file: fileName })),
  weights: v.object({ file: fileName, packing: v.exactOptional(v.picklist(['int16', 'mixed'])) }),
  student,
  provenance,
  quality: v.exactOptional(quality),
  visibleTiles: v.exactOptional(visibleTiles),
});

/** Schema of `provenance.json`. */
export const keptSchema: v.GenericSchema<unknown, KeptManifest> = v.object({
  format: v.literal('tha4-provenance'),
  version: v.literal(1),
  name,
  provenance,
  quality: v.exactOptional(quality),
  student: v.exactOptional(student),
});
