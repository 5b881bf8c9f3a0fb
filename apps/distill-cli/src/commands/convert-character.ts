import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Character, CharacterForm, CharacterPacking } from '@tha4/core';
import { guardFile, guardFolder } from '../files/guard-output.ts';
import type { Target, TargetForm } from '../files/target.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { Reporter } from '../io.ts';
import { createFidelityMeter, type Fidelity } from '../render/measure.ts';
import { paintedShare, survey } from '../render/survey.ts';
import { choosePacking, packed, packingWord } from './choose-packing.ts';
import { chooseSmall } from './choose-small.ts';
import type { ConvertConfig, ConvertResult } from './convert.ts';
import { fileOf, folderOutput, partsOf, replaceable, weightBytes } from './convert-files.ts';
import type { OpenedCharacter } from './read-character-input.ts';

type CharacterTarget = Exclude<Target, { kind: 'weights' }>;

/** Writes a character in another form: packed, with a map of where it can be seen, and with what that kept. */
export async function convertCharacter(
  opened: OpenedCharacter,
  target: CharacterTarget,
  config: ConvertConfig,
  reporter: Reporter,
): Promise<ConvertResult> {
  await guardEarly(opened.character, target, opened.sources, config.force);
  const { packing, fidelity, rounded, character } = await prepare(opened, target.form, config, reporter);
  const parts = partsOf(character, target.form, packing);
  const files = target.kind === 'folder' ? parts : new Map([[basename(target.path), fileOf(parts, target.form)]]);
  await write(files, target, opened.sources, config.force);
  const list = [...files].map(([name, { length }]) => ({ name, bytes: length }));
  const tensors = [...character.face.values(), ...character.body.values()];
  return {
    command: 'convert',
    name: character.manifest.name,
    from: {
      path: config.from,
      form: formWords(opened.form, opened.container),
      bytes: opened.size,
      dtype: packingWord(opened.packing),
    },
    to: {
      path: target.path,
      form: targetForm(target),
      bytes: list.reduce((sum, { bytes }) => sum + bytes, 0),
      files: list,
    },
    parameters: tensors.reduce((sum, { data }) => sum + data.length, 0),
    dtype: packingWord(packing),
    weightBytes: weightBytes(parts),
    rounded,
    fidelity,
    paintedShare: target.form === 'character' ? paintedShare(character) : null,
  };
}

interface Prepared {
  readonly packing: CharacterPacking;
  readonly rounded: boolean;
  readonly fidelity: Fidelity | null;
  /** What is written: its map is that of the packed weights. */
  readonly character: Character;
}

async function prepare(
  { character, packing: before, form }: OpenedCharacter,
  target: TargetForm,
  { packing: wanted, survey: surveyed, measure, painter }: ConvertConfig,
  reporter: Reporter,
): Promise<Prepared> {
  const chosen = choosePacking({ packing: before, form }, wanted, target);
  const kept = 'nothing was written';
  const meter = chosen === 'small' ? await createFidelityMeter(character, painter, kept, reporter) : null;
  const small = meter === null ? null : await chooseSmall(character, meter, reporter);
  const packing = small?.packing ?? (chosen as CharacterPacking);
  const { character: after, rounded } = packed(character, packing);
  let fidelity = small?.fidelity ?? null;
  if (rounded && measure && fidelity === null) {
    fidelity = await (await createFidelityMeter(character, painter, kept, reporter)).measure(after);
  }
  const { visibleTiles: map, ...manifest } = character.manifest;
  // A map is one of its weights: others may paint an edge elsewhere.
  const keptMap = map !== undefined && !rounded ? map : null;
  const wantsMap = target === 'character' && surveyed && keptMap === null;
  const tiles = wantsMap ? await survey(after, painter.threads, reporter) : keptMap;
  const withMap = { ...character, manifest: { ...manifest, ...(tiles === null ? {} : { visibleTiles: tiles }) } };
  return { packing, rounded, fidelity, character: withMap };
}

/** Refuses what may not be written before minutes are spent on it. */
async function guardEarly(
  character: Character,
  target: CharacterTarget,
  sources: readonly string[],
  force: boolean,
): Promise<void> {
  if (target.kind === 'folder') {
    const files = partsOf(character, target.form, 'F32');
    await guardFolder(target.path, folderOutput(target.form, files), sources, force);
  } else {
    await guardFile(target.path, replaceable(target.form), sources, force);
  }
}

async function write(
  files: ReadonlyMap<string, Uint8Array>,
  target: CharacterTarget,
  sources: readonly string[],
  force: boolean,
): Promise<void> {
  if (target.kind === 'folder') {
    const stale = await guardFolder(target.path, folderOutput(target.form, files), sources, force);
    // The entry file is the first, and is written last: a folder that was cut off is no character.
    for (const [name, bytes] of [...files].reverse()) await writeAtomic(join(target.path, name), bytes);
    for (const name of stale) await rm(join(target.path, name), { force: true });
  } else {
    await guardFile(target.path, replaceable(target.form), sources, force);
    for (const bytes of files.values()) await writeAtomic(target.path, bytes);
  }
}

function formWords(form: CharacterForm, container: 'folder' | 'zip'): string {
  if (form === 'tha4') return container === 'zip' ? 'character file' : 'character folder';
  const program = form === 'original' ? 'PyTorch' : 'web demo (TFJS)';
  return container === 'zip' ? `zipped ${program} folder` : `${program} folder`;
}

function targetForm({ kind, form }: CharacterTarget): string {
  if (form === 'onnx') return kind === 'folder' ? 'folder of ONNX graphs' : 'ONNX graph';
  return formWords(form === 'character' ? 'tha4' : 'original', kind === 'folder' ? 'folder' : 'zip');
}
