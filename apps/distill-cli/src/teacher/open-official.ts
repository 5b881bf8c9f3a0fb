import type { Teacher } from '@tha4/teacher';
import { chooseEngine, type EngineChoice } from '@tha4/teacher/engines';
import { officialTeacher, readSystem } from '@tha4/teacher/official';
import { locateWeights, rememberWeights, SYSTEMS, type SystemName } from '@tha4/teacher/weights';
import type { Reporter } from '../io.ts';
import type { OfficialSettings } from './teacher-options.ts';

/** An official teacher, ready for pictures. */
export interface OpenedTeacher {
  readonly teacher: Teacher;
  readonly engine: EngineChoice;
  /** Name and checksums of the weights: what decides what it paints. */
  readonly key: string;
  readonly dispose: () => Promise<void>;
}

/**
 * Finds and reads the weights of a teacher, and starts the engine that runs it; says which, and why no better one.
 *
 * @throws {MissingWeightsError | CheckpointError | BackendError}
 */
export async function openOfficial(
  system: SystemName,
  { weights: given, engine: wanted }: OfficialSettings,
  reporter: Pick<Reporter, 'note' | 'progress'>,
): Promise<OpenedTeacher> {
  const { title, licence, terms } = SYSTEMS[system];
  const located = await locateWeights(system, given);
  const engine = await chooseEngine(wanted);
  const { note } = reporter;
  note(`Weights: ${located.path} (${title}, ${licence}: ${terms})`);
  for (const { name, why } of engine.choice.skipped) note(`  ${name}: not taken, ${why}`);
  const { words, batch, precision } = engine.choice;
  note(`Teacher: ${words}${batch > 1 ? `, ${batch} poses at once` : ''}${precision === 'fp16' ? ', fp16' : ''}`);
  const progress = reporter.progress('Reading the weights', located.files.length);
  try {
    const { weights, checksums } = await readSystem(located, { onFile: progress.step });
    // Only what proved sound. A home folder that cannot be written to only means that one has to say it again.
    if (given !== null) await rememberWeights(system, given).catch(() => false);
    return {
      teacher: officialTeacher(system, weights, engine),
      engine: engine.choice,
      key: `${system} ${[...checksums].map(([name, sha256]) => `${name} ${sha256.slice(0, 16)}`).join(' ')}`,
      dispose: () => engine.dispose(),
    };
  } finally {
    progress.stop();
  }
}
