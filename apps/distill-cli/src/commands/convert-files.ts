import {
  type Character,
  type CharacterPacking,
  type CharacterParts,
  characterParts,
  originalParts,
  writeZip,
} from '@tha4/core';
import { exportBodyMorpherOnnx, exportFaceMorpherOnnx, exportStudentOnnx } from '@tha4/core/onnx';
import type { FolderOutput } from '../files/guard-output.ts';
import type { FileKind } from '../files/sniff.ts';
import type { TargetForm } from '../files/target.ts';

/** The files of a character as a folder, the one that names the others first. */
export function partsOf(character: Character, form: TargetForm, packing: CharacterPacking): CharacterParts {
  switch (form) {
    case 'character':
      return characterParts(character, packing);
    case 'original':
      return originalParts(character, packing === 'F16' ? 'F16' : 'F32');
    case 'onnx':
      return onnxParts(character);
  }
}

/** The files of a character as a single one. */
export function fileOf(parts: CharacterParts, form: TargetForm): Uint8Array {
  return form === 'onnx' ? parts.get('student.onnx')! : writeZip(parts);
}

/** Bytes of the files that hold nothing but weights; `null` where there are none, as in ONNX. */
export function weightBytes(parts: CharacterParts): number | null {
  const weights = [...parts].filter(([name]) => /\.(safetensors|pt)$/.test(name));
  return weights.length === 0 ? null : weights.reduce((sum, [, { length }]) => sum + length, 0);
}

/** What a single file may replace. */
export function replaceable(form: TargetForm): readonly FileKind[] {
  return form === 'onnx' ? ['onnx'] : ['character'];
}

/** What a folder may hold already: a former output of the same form. */
export function folderOutput(form: TargetForm, files: CharacterParts): FolderOutput {
  const names = [...files.keys()];
  const known = form === 'onnx' ? names : [...names, 'face_mask.png'];
  return { names, isOurs: (name) => known.includes(name), mark: MARKS[form] };
}

// An original's folder may be the only copy of somebody's work: only one with our mark is a former output.
const MARKS: Readonly<Record<TargetForm, FolderOutput['mark']>> = {
  character: { name: 'character.json', text: '"tha4-character"' },
  original: { name: 'provenance.json', text: '"tha4-provenance"' },
  onnx: { name: 'student.onnx', text: 'tha4' },
};

function onnxParts(character: Character): CharacterParts {
  const { config, face, body, manifest } = character;
  const metadata = new Map([
    ['name', manifest.name],
    ['provenance', JSON.stringify(manifest.provenance)],
  ]);
  return new Map([
    ['student.onnx', exportStudentOnnx(config, face, body, { metadata })],
    ['face_morpher.onnx', exportFaceMorpherOnnx(config.face, face, { metadata })],
    ['body_morpher.onnx', exportBodyMorpherOnnx(config.body, body, { metadata })],
    // The graphs take the picture as an input.
    ['character.png', character.imagePng],
  ]);
}
