import { CharacterError } from '@tha4/core';
import { UsageError } from '../errors.ts';
import { openInput } from '../files/open-input.ts';
import { chooseTarget, type TargetForm } from '../files/target.ts';
import type { Reporter } from '../io.ts';
import type { Fidelity } from '../render/measure.ts';
import type { EngineChoice } from '../render/painter.ts';
import type { WantedPacking } from './choose-packing.ts';
import { convertCharacter } from './convert-character.ts';
import { convertWeights } from './convert-weights.ts';
import { openedCharacter } from './read-character-input.ts';

export interface ConvertConfig {
  readonly from: string;
  readonly to: string;
  readonly form: TargetForm | null;
  readonly packing: WantedPacking;
  /** Whether to look where the character can be seen, for files of ours that do not know. */
  readonly survey: boolean;
  /** Whether to paint before and after where weights are rounded. */
  readonly measure: boolean;
  readonly painter: EngineChoice;
  readonly force: boolean;
}

export interface ConvertResult {
  readonly command: 'convert';
  /** The character's name, or `null` for a single weight file. */
  readonly name: string | null;
  readonly from: {
    readonly path: string;
    readonly form: string;
    readonly bytes: number;
    /** How the weights were kept; `null` for a single weight file. */
    readonly dtype: KeptAs | null;
  };
  readonly to: {
    readonly path: string;
    readonly form: string;
    readonly bytes: number;
    readonly files: readonly { readonly name: string; readonly bytes: number }[];
  };
  readonly parameters: number;
  /** How the weights are kept. */
  readonly dtype: KeptAs;
  /** Bytes of them alone; `null` where they share a file with something else. */
  readonly weightBytes: number | null;
  /** Likeness to the frames before, where weights were rounded and it was measured. */
  readonly fidelity: Fidelity | null;
  /** Whether weights were rounded. */
  readonly rounded: boolean;
  /** Share of the picture that runtimes paint, 0..1, where the file knows. */
  readonly paintedShare: number | null;
}

/** How weights are kept, as the command line says it. */
export type KeptAs = 'fp32' | 'fp16' | 'int16' | 'mixed';

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
