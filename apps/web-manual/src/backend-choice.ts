import { BackendError } from '@tha4/core';

/** Values of `?backend=`. */
export const BACKEND_CHOICES = ['auto', 'webgl', 'wasm', 'cpu'] as const;

/** What should run the student; `auto` takes the fastest that works here. */
export type BackendChoice = (typeof BACKEND_CHOICES)[number];

/** Reads `?backend=`; `auto` without it. @throws {BackendError} for a backend that does not exist */
export function parseBackend(text: string | null): BackendChoice {
  const choice = text || 'auto';
  const found = BACKEND_CHOICES.find((known) => known === choice);
  if (found === undefined) {
    throw new BackendError(`?backend=: expected one of ${BACKEND_CHOICES.join(', ')}, got '${choice}'`);
  }
  return found;
}
