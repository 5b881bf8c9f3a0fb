import { strFromU8 } from 'fflate';
import { inferBodyConfig, inferFaceConfig } from '../checkpoint/infer-config.ts';
import { readPt } from '../checkpoint/pt-read.ts';
import { readSafetensors } from '../checkpoint/safetensors.ts';
import type { Checkpoint } from '../checkpoint/stored-tensor.ts';
import { readTfjsLayers } from '../checkpoint/tfjs-layers.ts';
import { weightsFromCheckpoint } from '../checkpoint/weights.ts';
import { readZip } from '../checkpoint/zip.ts';
import { CharacterError, ShapeError } from '../errors.ts';
import { decodePng } from '../image/png.ts';
import { bodyMorpherSpec } from '../models/body-morpher.ts';
import { faceMorpherSpec } from '../models/face-morpher.ts';
import { STUDENT, type StudentConfig, studentImageSize } from '../models/student.ts';
import type { Character } from './character.ts';
import {
  CHARACTER_FORMAT,
  CHARACTER_VERSION,
  type CharacterManifest,
  type Provenance,
  parseManifest,
} from './manifest.ts';
import { readModelYaml } from './model-yaml.ts';
import { type CharacterParts, identifyParts, type KnownParts, takePart } from './parts.ts';

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
  const known = identifyParts(parts, where);
  switch (known.form) {
    case 'tha4':
      return readOwn(known, where);
    case 'original':
      return readOriginal(known, where);
    case 'tfjs':
      return readTfjs(known, where);
    case 'weights':
      throw new CharacterError(`${where}: expected a character.json beside weights.safetensors, got none`);
  }
}

/**
 * Names of the files that an entry file (`character.json`, `character_model.yaml`, `face_morpher.json`) needs beside
 * it, so that a page can fetch a folder which it cannot list.
 */
export function companionFiles(entry: string, bytes: Uint8Array, where: string): string[] {
  if (/\.ya?ml$/i.test(entry)) {
    const model = readModelYaml(bytes, where);
    return [model.image, model.faceMorpher, model.bodyMorpher];
  }
  const json = parseJson(bytes, where);
  if (/(face|body)_morpher\.json$/.test(entry)) {
    const own = shardNames(json, where);
    return entry.startsWith('face') ? [...own, 'body_morpher.json', 'character.png'] : own;
  }
  const manifest = parseManifest(json, where);
  return [manifest.image.file, manifest.weights.file, ...(manifest.faceMask ? [manifest.faceMask.file] : [])];
}

function readOwn({ entry, parts }: KnownParts, where: string): Character {
  const manifest = parseManifest(
    parseJson(takePart(parts, entry, 'the format', where), `${where}: ${entry}`),
    `${where}: ${entry}`,
  );
  const stored = readSafetensors(
    takePart(parts, manifest.weights.file, entry, where),
    `${where}: ${manifest.weights.file}`,
  );
  const mask = manifest.faceMask ? takePart(parts, manifest.faceMask.file, entry, where) : null;
  return assemble({
    manifest,
    png: takePart(parts, manifest.image.file, entry, where),
    mask,
    config: manifest.student,
    face: withoutPrefix(stored.tensors, 'face_morpher.'),
    body: withoutPrefix(stored.tensors, 'body_morpher.'),
    where,
  });
}

function readOriginal({ entry, parts }: KnownParts, where: string): Character {
  const model = /\.pt$/.test(entry)
    ? { image: 'character.png', faceMorpher: 'face_morpher.pt', bodyMorpher: 'body_morpher.pt' }
    : readModelYaml(takePart(parts, entry, 'the format', where), `${where}: ${entry}`);
  const face = readPt(takePart(parts, model.faceMorpher, entry, where), `${where}: ${model.faceMorpher}`);
  const body = readPt(takePart(parts, model.bodyMorpher, entry, where), `${where}: ${model.bodyMorpher}`);
  const png = takePart(parts, model.image, entry, where);
  return foreign({ png, mask: parts.get('face_mask.png') ?? null, face, body, form: 'original (.pt)', where });
}

function readTfjs({ parts }: KnownParts, where: string): Character {
  const network = (file: string): Checkpoint => {
    const json = parseJson(takePart(parts, file, 'the format', where), `${where}: ${file}`);
    const shards = shardNames(json, `${where}: ${file}`).map((name) => takePart(parts, name, file, where));
    return readTfjsLayers(json, shards, `${where}: ${file}`);
  };
  const png = takePart(parts, 'character.png', 'the format', where);
  const [face, body] = [network('face_morpher.json'), network('body_morpher.json')];
  return foreign({ png, mask: parts.get('face_mask.png') ?? null, face, body, form: 'web demo (TFJS)', where });
}

interface ForeignParts {
  readonly png: Uint8Array;
  readonly mask: Uint8Array | null;
  readonly face: Checkpoint;
  readonly body: Checkpoint;
  readonly form: string;
  readonly where: string;
}

/** A character of another program: its configs come from its shapes, its provenance from what is commonly known. */
function foreign({ png, mask, face, body, form, where }: ForeignParts): Character {
  const config: StudentConfig = {
    ...STUDENT,
    face: inferFaceConfig(face, `${where}: face morpher`),
    body: inferBodyConfig(body, `${where}: body morpher`),
  };
  const manifest: CharacterManifest = {
    format: CHARACTER_FORMAT,
    version: CHARACTER_VERSION,
    name: nameFrom(where),
    image: { file: 'character.png' },
    ...(mask ? { faceMask: { file: 'face_mask.png' } } : {}),
    weights: { file: 'weights.safetensors' },
    student: config,
    provenance: foreignProvenance(form),
  };
  return assemble({ manifest, png, mask, config, face, body, where });
}

function foreignProvenance(form: string): Provenance {
  return {
    teacher: { name: 'not stated; presumably THA4', licence: 'CC BY-NC 4.0 (THA4 weights)' },
    picture: { licence: 'not stated; ask whoever gave you the picture' },
    licence: 'not stated; students of the THA4 weights are CC BY-NC 4.0 (non-commercial)',
    convertedFrom: form,
  };
}

interface Assembly {
  readonly manifest: CharacterManifest;
  readonly png: Uint8Array;
  readonly mask: Uint8Array | null;
  readonly config: StudentConfig;
  readonly face: Checkpoint;
  readonly body: Checkpoint;
  readonly where: string;
}

function assemble({ manifest, png, mask, config, face, body, where }: Assembly): Character {
  checkGeometry(config, where);
  const weights = {
    face: weightsFromCheckpoint(face, faceMorpherSpec(config.face), `${where}: face morpher`),
    body: weightsFromCheckpoint(body, bodyMorpherSpec(config.body), `${where}: body morpher`),
  };
  const image = decodePng(png, `${where}: ${manifest.image.file}`);
  const size = studentImageSize(config);
  if (image.width !== size || image.height !== size) {
    throw new ShapeError(`${where}: ${manifest.image.file} (rows, columns)`, [size, size], [image.height, image.width]);
  }
  return { manifest, image, imagePng: png, faceMaskPng: mask, config, ...weights };
}

function checkGeometry({ face, body, faceTop, faceLeft }: StudentConfig, where: string): void {
  const size = body.levels.at(-1)!.size;
  if (faceTop + face.imageSize > size || faceLeft + face.imageSize > size) {
    throw new CharacterError(
      `${where}: expected the face to lie inside the ${size}x${size} picture, got ${face.imageSize} px at row ${faceTop}, column ${faceLeft}`,
    );
  }
  if (face.poseSize > body.poseSize || body.poseSize !== 45) {
    throw new CharacterError(
      `${where}: expected a body pose of 45 values and a face pose of at most that, got ${body.poseSize} and ${face.poseSize}`,
    );
  }
}

function withoutPrefix(tensors: Checkpoint, prefix: string): Checkpoint {
  return new Map(
    [...tensors].filter(([key]) => key.startsWith(prefix)).map(([key, tensor]) => [key.slice(prefix.length), tensor]),
  );
}

function shardNames(json: unknown, where: string): string[] {
  const manifest = (json as { weightsManifest?: unknown } | null)?.weightsManifest;
  const paths = Array.isArray(manifest) ? manifest.flatMap((group: { paths?: unknown } | null) => group?.paths) : [];
  if (paths.length === 0 || !paths.every((path) => typeof path === 'string')) {
    throw new CharacterError(`${where}: expected a TFJS model with a weightsManifest, got none; is it a layers model?`);
  }
  return paths;
}

function parseJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(strFromU8(bytes));
  } catch (cause) {
    throw new CharacterError(`${where}: expected JSON, got something else; is the file complete?`, { cause });
  }
}

function nameFrom(where: string): string {
  const parts = where.split(/[\\/]/).filter((part) => part !== '');
  const last = (parts.at(-1) ?? '').replace(/\.(zip|tha|ya?ml|json|pt)$/i, '');
  const useful = /^(character_model|character|face_morpher|\.*)$/.test(last) ? parts.at(-2) : last;
  return useful?.slice(0, 200) || 'character';
}
