import { ENGINE_NAMES, type EngineName, type EngineOptions, PRECISIONS, type Precision } from '@tha4/teacher/engines';
import { type Command, Option } from 'commander';
import { UsageError } from '../errors.ts';
import { number } from '../options.ts';
import { OFFICIAL_HELP } from '../output/official-help.ts';

/** Options of every command that can ask an official teacher, as they were typed. */
export interface OfficialOptions {
  readonly weights?: string;
  readonly teacherEngine: EngineName | 'auto';
  readonly precision: Precision;
  readonly batch?: number;
}

/** What an official teacher is run with. */
export interface OfficialSettings {
  /** Folder or zip, or `null` for the one that is known. */
  readonly weights: string | null;
  readonly engine: EngineOptions;
}

/** Adds the options to a command, and what they are for to its help. */
export function officialOptions(command: Command): Command {
  return command
    .option('--weights <path>', "folder or zip with the teacher's weights (default: where they were the last time)")
    .addOption(
      new Option('--teacher-engine <name>', 'what runs tha4 and tha3')
        .choices(['auto', ...ENGINE_NAMES])
        .default('auto'),
    )
    .addOption(new Option('--precision <name>', 'fp16 is faster on many GPUs').choices(PRECISIONS).default('fp32'))
    .option('--batch <number>', 'poses at once on a GPU (default: what fits)', number)
    .addHelpText('after', OFFICIAL_HELP);
}

/** @param threads of the CPU @throws {UsageError} */
export function officialSettings(
  { weights, teacherEngine, precision, batch }: OfficialOptions,
  threads: number,
): OfficialSettings {
  if (batch !== undefined && !(Number.isInteger(batch) && batch >= 1 && batch <= 64)) {
    throw new UsageError(`--batch: expected a whole number from 1 to 64, got ${batch}`);
  }
  return { weights: weights ?? null, engine: { engine: teacherEngine, precision, batch: batch ?? null, threads } };
}
