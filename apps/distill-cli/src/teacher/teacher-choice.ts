import { SYSTEM_NAMES, type SystemName } from '@tha4/teacher/weights';
import { UsageError } from '../errors.ts';

/** A teacher as the command line names it. */
export type TeacherChoice =
  | { readonly kind: 'puppet' }
  | { readonly kind: 'student'; readonly path: string }
  | { readonly kind: 'official'; readonly system: SystemName };

/** For messages and help. */
export const TEACHER_WORDS = 'puppet, student:FILE, tha4, tha3 or tha3-separable';

/** Reads `--teacher`. @throws {UsageError} */
export function parseTeacher(text: string): TeacherChoice {
  if (text === 'puppet') return { kind: 'puppet' };
  const system = SYSTEM_NAMES.find((name) => name === text);
  if (system !== undefined) return { kind: 'official', system };
  const [, path] = /^student:(.+)$/s.exec(text) ?? [];
  if (path !== undefined) return { kind: 'student', path };
  throw new UsageError(`--teacher: expected ${TEACHER_WORDS}, got '${text}'`);
}
