import { inferBodyConfig, inferFaceConfig } from '../checkpoint/infer-config.ts';
import { readPt } from '../checkpoint/pt-read.ts';
import type { Checkpoint } from '../checkpoint/stored-tensor.ts';
import { readTfjsLayers } from '../checkpoint/tfjs-layers.ts';
import { CharacterError } from '../errors.ts';
import { STUDENT } from '../models/student.ts';
import { shardNames } from './companion-files.ts';
import { parseJson } from './json.ts';
import { CHARACTER_FORMAT, CHARACTER_VERSION, type CharacterManifest, type Provenance } from './manifest.ts';
import { readModelYaml } from './model-yaml.ts';
import { floatPacking } from './packing.ts';
import { type CharacterParts, identifyParts, type KnownParts, takePart } from './parts.ts';
import { PROVENANCE_FILE, readProvenance } from './provenance-file.ts';
import { dtypesOf, readOwn, type StoredCharacter } from './stored-own.ts';

/** Finds and parses the files of a folder of any known form. */
export function readStored(parts: CharacterParts, where: string): StoredCharacter {
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

function readOriginal({ entry, parts }: KnownParts, where: string): StoredCharacter {
  const model = /\.pt$/i.test(entry)
    ? { image: 'character.png', faceMorpher: 'face_morpher.pt', bodyMorpher: 'body_morpher.pt' }
    : readModelYaml(takePart(parts, entry, 'the format', where), `${where}: ${entry}`);
  const png = takePart(parts, model.image, entry, where);
  const network = (file: string): Checkpoint => readPt(takePart(parts, file, entry, where), `${where}: ${file}`);
  const [face, body] = [network(model.faceMorpher), network(model.bodyMorpher)];
  return foreign(parts, { png, face, body }, 'original (.pt)', where);
}

function readTfjs({ parts }: KnownParts, where: string): StoredCharacter {
  const png = takePart(parts, 'character.png', 'the format', where);
  const network = (file: string): Checkpoint => {
    const place = `${where}: ${file}`;
    const json = parseJson(takePart(parts, file, 'the format', where), place);
    const shards = shardNames(json, place).map((name) => takePart(parts, name, file, where));
    return readTfjsLayers(json, shards, place);
  };
  const [face, body] = [network('face_morpher.json'), network('body_morpher.json')];
  return foreign(parts, { png, face, body }, 'web demo (TFJS)', where);
}

/** A character of another program: its configs come from its shapes, its provenance from what is commonly known. */
function foreign(
  parts: CharacterParts,
  files: Pick<StoredCharacter, 'png' | 'face' | 'body'>,
  form: string,
  where: string,
): StoredCharacter {
  const mask = parts.get('face_mask.png') ?? null;
  const keptFile = parts.get(PROVENANCE_FILE);
  const kept = keptFile === undefined ? null : readProvenance(keptFile, `${where}: ${PROVENANCE_FILE}`);
  const student: CharacterManifest['student'] = kept?.student ?? {
    ...STUDENT,
    face: inferFaceConfig(files.face, `${where}: face morpher`),
    body: inferBodyConfig(files.body, `${where}: body morpher`),
  };
  const manifest: CharacterManifest = {
    format: CHARACTER_FORMAT,
    version: CHARACTER_VERSION,
    name: kept?.name ?? nameFrom(where),
    image: { file: 'character.png' },
    ...(mask ? { faceMask: { file: 'face_mask.png' } } : {}),
    weights: { file: 'weights.safetensors' },
    student,
    provenance: kept?.provenance ?? foreignProvenance(form),
    ...(kept?.quality ? { quality: kept.quality } : {}),
  };
  const tensors = new Map([...files.face, ...files.body]);
  return { ...files, manifest, mask, dtypes: dtypesOf(tensors), packing: floatPacking(tensors) };
}

function foreignProvenance(form: string): Provenance {
  return {
    teacher: { name: 'not stated; presumably THA4', licence: 'CC BY-NC 4.0 (THA4 weights)' },
    picture: { licence: 'not stated; ask whoever gave you the picture' },
    licence: 'not stated; students of the THA4 weights are CC BY-NC 4.0 (non-commercial)',
    convertedFrom: form,
  };
}

/** A name for a character that has none: its folder's or file's. */
function nameFrom(where: string): string {
  const parts = where.split(/[\\/]/).filter((part) => part !== '');
  const last = (parts.at(-1) ?? '').replace(/\.(zip|tha|ya?ml|json|pt)$/i, '');
  const useful = /^(character_model|character|(face|body)_morpher|\.*)$/.test(last) ? parts.at(-2) : last;
  return useful?.slice(0, 200) || 'character';
}
