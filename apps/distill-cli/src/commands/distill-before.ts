import { bestVariant } from '@tha4/kernels';
import { type createStateStore, differences, type Fingerprint, type FoundState, hashOf } from '@tha4/teacher/distill';
import type { TrainingRecipe } from '@tha4/teacher/training';
import { FileError } from '../errors.ts';
import type { RunFolder } from '../files/run-folder.ts';
import type { DistillFiles } from './distill-inputs.ts';
import type { DistillConfig } from './distill-options.ts';
import type { DistillResult } from './distill-result.ts';

/** What decides the weights of a run, beside the time that it gets. */
export function fingerprintOf(
  { seed, recipe: name }: DistillConfig,
  { image, mask, teacherKey }: DistillFiles,
  recipe: TrainingRecipe,
  poses: Float32Array | null,
): Fingerprint {
  const { student, ...rest } = recipe;
  const text = (value: unknown): string => hashOf(new TextEncoder().encode(JSON.stringify(value)));
  return {
    picture: hashOf(image.data),
    mask: hashOf(mask.data),
    teacher: teacherKey,
    recipe: `${name} ${text(rest)}`,
    student: text(student),
    seed: String(seed),
    poses:
      poses === null ? 'published rules' : hashOf(new Uint8Array(poses.buffer, poses.byteOffset, poses.byteLength)),
    kernels: bestVariant() ?? 'none',
  };
}

/** The result of the same run where it is finished already. @throws {FileError} where another one is */
export async function finishedRun(
  folder: RunFolder,
  fingerprint: Fingerprint,
  { force, budgetSeconds, out }: DistillConfig,
): Promise<DistillResult | null> {
  const run = await folder.read();
  if (run?.state !== 'done' || force) return null;
  const differs = differences(run.fingerprint, fingerprint);
  if (run.budgetSeconds !== budgetSeconds) {
    const words = (seconds: number | null): string => (seconds === null ? 'none' : `${seconds} s`);
    differs.push(`time: ${words(run.budgetSeconds)} there, ${words(budgetSeconds)} here`);
  }
  if (differs.length === 0) return { ...(run.result as DistillResult), reused: true };
  throw otherRun(`${out}: expected no result or that of the same run`, 'the result of another one', differs);
}

/** The state to go on from, or `null`. @throws {FileError} where it is of another run, or none and `--resume` wants one */
export async function findState(
  store: ReturnType<typeof createStateStore>,
  fingerprint: Fingerprint,
  { force, resume, out }: DistillConfig,
): Promise<FoundState | null> {
  if (force) {
    await store.clear();
    return null;
  }
  let found: FoundState | null;
  try {
    found = await store.load();
  } catch (cause) {
    throw new FileError(`${(cause as Error).message}, or add --force`, { cause });
  }
  if (found === null) {
    if (resume) throw new FileError(`${out}: expected a run to go on with, got none; leave --resume out`);
    return null;
  }
  const differs = differences(found.state.fingerprint, fingerprint);
  if (differs.length > 0) throw otherRun(`${out}: expected the state of the same run`, 'that of another one', differs);
  return found;
}

function otherRun(expected: string, got: string, differs: readonly string[]): FileError {
  return new FileError(
    `${expected}, got ${got} (${differs.join('; ')}); name another --out, or add --force to begin afresh`,
  );
}
