import { BackendError } from '@tha4/core';
import { RUNTIME_NAMES, type RuntimeName } from '@tha4/student';

/** Reads `?runtime=`: what should run the student; `auto` without it. @throws {BackendError} for an unknown name */
export function parseRuntime(text: string | null): RuntimeName | 'auto' {
  if (!text || text === 'auto') return 'auto';
  const found = RUNTIME_NAMES.find((known) => known === text);
  if (found === undefined) {
    throw new BackendError(`?runtime=: expected auto, ${RUNTIME_NAMES.join(', ')}, got '${text}'`);
  }
  return found;
}
