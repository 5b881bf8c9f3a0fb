import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  type CharacterDtype,
  CharacterError,
  type CharacterForm,
  characterParts,
  readCharacterParts,
} from '@tha4/core';
import { UsageError } from '../errors.ts';
import { guardFile, guardFolder } from '../files/guard-output.ts';
import { type FileInput, openInput } from '../files/open-input.ts';
import { chooseTarget, type Target, type TargetForm } from '../files/target.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { Reporter } from '../io.ts';
import { type Fidelity, measureFidelity } from '../render/measure.ts';
import type { EngineChoice } from '../render/painter.ts';
import { fileOf, folderOutput, partsOf, replaceable } from './convert-files.ts';
import { type OpenedCharacter, openedCharacter } from './read-character-input.ts';
import { castWeights, countWeights, readWeights, writeWeights } from './weights.ts';

export interface ConvertConfig {
  readonly from: string;
  readonly to: string;
  readonly form: TargetForm | null;
  /** `null` keeps what FROM has: fp16 where all its weights are, else fp32. */
  readonly dtype: CharacterDtype | null;
  /** Whether to paint with both where fp16 rounds. */
  readonly measure: boolean;
  readonly painter: EngineChoice;
  readonly force: boolean;
}

export interface ConvertResult {
  readonly command: 'convert';
  /** The character's name, or `null` for a single weight file. */
  readonly name: string | null;
  readonly from: { readonly path: string; readonly form: string; readonly bytes: number };
  readonly to: {
    readonly path: string;
    readonly form: string;
    readonly bytes: number;
    readonly files: readonly { readonly name: string; readonly bytes: number }[];
  };
  readonly parameters: number;
  readonly dtype: CharacterDtype;
  /** Likeness to the frames before, where weights were rounded and it was measured. */
  readonly fidelity: Fidelity | null;
  /** Whether weights were rounded to fp16. */
  readonly rounded: boolean;
}

/** Converts a character, or a single weight file, into another form. */
export async function convert(config: ConvertConfig, reporter: Reporter): Promise<ConvertResult> {
  const target = chooseTarget(config.to, config.form);
  const input = await openInput(config.from);
  if (input.kind === 'onnx' || input.kind === 'png') {
    const what = input.kind === 'onnx' ? 'an ONNX graph, which has no way back' : 'a picture';
    throw new CharacterError(`${config.from}: expected a character or weights, got ${what}; name the character itself`);
  }
  if (input.kind !== 'character') return convertWeights(input, target, config);
  if (target.kind === 'weights') {
    throw new UsageError(
      `${config.to}: expected a name for two networks and a picture, got one for a single weight file; name a folder/ with --to original, or a .tha`,
    );
  }
  return convertCharacter(openedCharacter(input), target, config, reporter);
}

async function convertCharacter(
  opened: OpenedCharacter,
  target: Exclude<Target, { kind: 'weights' }>,
  config: ConvertConfig,
  reporter: Reporter,
): Promise<ConvertResult> {
  const { character, form, dtypes, container, sources, size } = opened;
  const wasHalf = dtypes.every((dtype) => dtype === 'F16');
  const dtype = config.dtype ?? (wasHalf && target.form !== 'onnx' ? 'F16' : 'F32');
  if (target.form === 'onnx' && dtype === 'F16') {
    throw new UsageError('--dtype: expected fp32 for ONNX, got fp16; leave it out');
  }
  const files =
    target.kind === 'folder'
      ? partsOf(character, target.form, dtype)
      : new Map([[basename(target.path), fileOf(character, target.form, dtype)]]);
  if (target.kind === 'folder') {
    const stale = await guardFolder(target.path, folderOutput(target.form, files), sources, config.force);
    // The entry file is the first, and is written last: a folder that was cut off is no character.
    for (const [name, bytes] of [...files].reverse()) await writeAtomic(join(target.path, name), bytes);
    for (const name of stale) await rm(join(target.path, name), { force: true });
  } else {
    await guardFile(target.path, replaceable(target.form), sources, config.force);
    for (const bytes of files.values()) await writeAtomic(target.path, bytes);
  }
  const rounded = dtype === 'F16' && !wasHalf;
  const packed = rounded && config.measure ? readCharacterParts(characterParts(character, 'F16'), target.path) : null;
  const list = [...files].map(([name, { length }]) => ({ name, bytes: length }));
  return {
    command: 'convert',
    name: character.manifest.name,
    from: { path: config.from, form: sourceForm(form, container), bytes: size },
    to: {
      path: target.path,
      form: targetForm(target),
      bytes: list.reduce((sum, { bytes }) => sum + bytes, 0),
      files: list,
    },
    parameters: [...character.face.values(), ...character.body.values()].reduce(
      (sum, { data }) => sum + data.length,
      0,
    ),
    dtype,
    rounded,
    fidelity: packed === null ? null : await measureFidelity(character, packed, config.painter, reporter),
  };
}

async function convertWeights(input: FileInput, target: Target, config: ConvertConfig): Promise<ConvertResult> {
  if (target.kind !== 'weights') {
    throw new UsageError(
      `${config.to}: expected a name ending in .pt or .safetensors for a single weight file, got another; to convert the whole character, name its folder as FROM`,
    );
  }
  const checkpoint = readWeights(input);
  const { dtypes } = countWeights(checkpoint);
  const wasHalf = dtypes.every((dtype) => dtype === 'F16');
  const dtype = config.dtype ?? (wasHalf ? 'F16' : 'F32');
  const written = config.dtype === null ? checkpoint : castWeights(checkpoint, config.dtype, config.from);
  const bytes = writeWeights(written, target.form);
  await guardFile(target.path, [target.form], input.sources, config.force);
  await writeAtomic(target.path, bytes);
  return {
    command: 'convert',
    name: null,
    from: { path: config.from, form: WEIGHT_FORMS[input.kind as 'pt'], bytes: input.size },
    to: { path: target.path, form: WEIGHT_FORMS[target.form], bytes: bytes.length, files: [] },
    parameters: countWeights(written).parameters,
    dtype,
    rounded: dtype === 'F16' && !wasHalf,
    fidelity: null,
  };
}

const WEIGHT_FORMS = { pt: 'PyTorch weights', safetensors: 'safetensors' } as const;

function sourceForm(form: CharacterForm, container: 'folder' | 'zip'): string {
  if (form === 'tha4') return container === 'zip' ? 'character file' : 'character folder';
  const program = form === 'original' ? 'PyTorch' : 'web demo (TFJS)';
  return container === 'zip' ? `zipped ${program} folder` : `${program} folder`;
}

function targetForm({ kind, form }: Exclude<Target, { kind: 'weights' }>): string {
  if (form === 'onnx') return kind === 'folder' ? 'folder of ONNX graphs' : 'ONNX graph';
  return sourceForm(form === 'character' ? 'tha4' : 'original', kind === 'folder' ? 'folder' : 'zip');
}
