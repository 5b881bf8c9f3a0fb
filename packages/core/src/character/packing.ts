import { type BitWidths, packWeights, unpackWeights } from '../checkpoint/packed-weights.ts';
import type { Checkpoint, Spec } from '../checkpoint/stored-tensor.ts';
import { checkpointFromWeights } from '../checkpoint/weights.ts';
import { CharacterError } from '../errors.ts';
import { bodyMorpherSpec } from '../models/body-morpher.ts';
import { faceMorpherSpec } from '../models/face-morpher.ts';
import type { StudentConfig } from '../models/student.ts';
import type { Character } from './character.ts';

/** Float type of weights, where they are kept as floats. */
export type CharacterDtype = 'F32' | 'F16';

/**
 * How a character file keeps its weights: `F32` every bit; `I16` as 16-bit integers with a scale per output channel,
 * half the size and over 60 dB like fp32; `F16` the same size and 44 to 57 dB; or widths for single weights, keyed as in
 * `weights.safetensors` (`face_morpher.siren...`), the rest in 16 bits. Biases are always float32 beside integers.
 */
export type CharacterPacking = CharacterDtype | 'I16' | BitWidths;

/** Prefixes of the two networks in `weights.safetensors`. */
export const FACE_PREFIX = 'face_morpher.';
export const BODY_PREFIX = 'body_morpher.';

/** Word of `character.json` for a packing in integers; floats need none. */
export type PackingName = 'int16' | 'mixed';

/** The word for a packing, or `undefined` for floats. */
export function packingName(packing: CharacterPacking): PackingName | undefined {
  if (packing === 'F32' || packing === 'F16') return undefined;
  return packing === 'I16' || [...packing.values()].every((bits) => bits === 16) ? 'int16' : 'mixed';
}

/** Shapes of a student's tensors, in our layout, keyed as in `weights.safetensors`. */
export function studentSpec(config: StudentConfig): Spec {
  return new Map([
    ...[...faceMorpherSpec(config.face)].map(([key, shape]) => [FACE_PREFIX + key, shape] as const),
    ...[...bodyMorpherSpec(config.body)].map(([key, shape]) => [BODY_PREFIX + key, shape] as const),
  ]);
}

/** The tensors of `weights.safetensors`. @throws {CheckpointError} where a weight does not fit the packing */
export function packCharacter({ face, body, config }: Character, packing: CharacterPacking): Checkpoint {
  const dtype = packing === 'F16' ? 'F16' : 'F32';
  const floats = new Map([
    ...prefixed(FACE_PREFIX, checkpointFromWeights(face, dtype)),
    ...prefixed(BODY_PREFIX, checkpointFromWeights(body, dtype)),
  ]);
  if (packing === 'F32' || packing === 'F16') return floats;
  const widths = new Map<string, number>();
  for (const [key, shape] of studentSpec(config)) {
    if (shape.length > 1) widths.set(key, packing === 'I16' ? 16 : (packing.get(key) ?? 16));
  }
  return packWeights(floats, widths);
}

/**
 * The inverse: floats as they are, integers as float32.
 *
 * @param name what `character.json` says
 * @returns the tensors, and the packing that `packCharacter` would need to write the same again
 * @throws {CheckpointError | CharacterError}
 */
export function unpackCharacter(
  tensors: Checkpoint,
  name: PackingName | undefined,
  config: StudentConfig,
  where: string,
): { readonly checkpoint: Checkpoint; readonly packing: CharacterPacking } {
  if (name === undefined) return { checkpoint: tensors, packing: floatPacking(tensors) };
  const { checkpoint, widths } = unpackWeights(tensors, studentSpec(config), where);
  const packing = [...widths.values()].every((bits) => bits === 16) ? 'I16' : widths;
  if (widths.size === 0 || packingName(packing) !== name) {
    const got = widths.size === 0 ? 'floats' : packingName(packing);
    throw new CharacterError(`${where}: expected '${name}' weights, as character.json says, got ${got}`);
  }
  return { checkpoint, packing };
}

/** `F16` where all tensors are. */
export function floatPacking(tensors: Checkpoint): CharacterDtype {
  return tensors.size > 0 && [...tensors.values()].every(({ dtype }) => dtype === 'F16') ? 'F16' : 'F32';
}

function prefixed(prefix: string, tensors: Checkpoint): Checkpoint {
  return new Map([...tensors].map(([key, tensor]) => [prefix + key, tensor]));
}
