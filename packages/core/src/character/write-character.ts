import { strToU8 } from 'fflate';
import { writePt } from '../checkpoint/pt-write.ts';
import { writeSafetensors } from '../checkpoint/safetensors.ts';
import { checkpointFromWeights } from '../checkpoint/weights.ts';
import { writeZip } from '../checkpoint/zip.ts';
import type { Character } from './character.ts';
import { parseManifest } from './manifest.ts';
import { writeModelYaml } from './model-yaml.ts';
import { type CharacterDtype, type CharacterPacking, packCharacter, packingName } from './packing.ts';
import type { CharacterParts } from './parts.ts';
import { PROVENANCE_FILE, writeProvenance } from './provenance-file.ts';

/**
 * Writes a `.tha`: one zip with stored entries. The same character gives the same bytes.
 *
 * @param packing see `CharacterPacking`; 16-bit integers by default, and only `F32` keeps every bit of weights that were not packed before
 * @throws {CharacterError | CheckpointError} when something could not be read again
 */
export function writeCharacter(character: Character, packing: CharacterPacking = 'I16'): Uint8Array {
  return writeZip(characterParts(character, packing));
}

/** The files of a `.tha` as a folder. */
export function characterParts(character: Character, packing: CharacterPacking = 'I16'): CharacterParts {
  const mask = character.faceMaskPng;
  const manifest = {
    ...character.manifest,
    image: { file: 'character.png' },
    faceMask: mask ? { file: 'face_mask.png' } : undefined,
    weights: { file: 'weights.safetensors', packing: packingName(packing) },
    student: character.config,
  };
  const tensors = packCharacter(character, packing);
  // What cannot be read again is not written; the schema's order makes equal manifests equal text.
  const complete = parseManifest(JSON.parse(JSON.stringify(manifest)), 'character.json');
  return new Map([
    ['character.json', strToU8(`${JSON.stringify(complete, null, 2)}\n`)],
    ['character.png', character.imagePng],
    ...(mask ? [['face_mask.png', mask] as const] : []),
    ['weights.safetensors', writeSafetensors(tensors, new Map([['format', 'pt']]))],
  ]);
}

/**
 * The folder that the original's PyTorch programs open: `character_model.yaml`, two `.pt` files, the picture. They
 * ignore the `provenance.json` beside, which keeps the rest of the manifest for the way back.
 */
export function originalParts(character: Character, dtype: CharacterDtype = 'F32'): CharacterParts {
  const names = { image: 'character.png', faceMorpher: 'face_morpher.pt', bodyMorpher: 'body_morpher.pt' };
  const mask = character.faceMaskPng;
  return new Map([
    ['character_model.yaml', writeModelYaml(names)],
    [names.image, character.imagePng],
    ...(mask ? [['face_mask.png', mask] as const] : []),
    [names.faceMorpher, writePt(checkpointFromWeights(character.face, dtype))],
    [names.bodyMorpher, writePt(checkpointFromWeights(character.body, dtype))],
    [PROVENANCE_FILE, writeProvenance(character)],
  ]);
}
