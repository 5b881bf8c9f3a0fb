import { Tha4Error } from '@tha4/core';
import { FileError, InterruptedError, NetworkError, UsageError } from '../errors.ts';
import { plainFsError } from '../files/fs-error.ts';
import type { Style } from './style.ts';
import { clean } from './table.ts';

/** An error as the program reports it, with the exit code that goes with it. */
export interface ErrorReport {
  readonly name: string;
  readonly message: string;
  /** 1 the input is bad, 2 wrong usage, 130 Ctrl-C. */
  readonly exitCode: number;
  /** Whether it is none of the errors that are thrown on purpose. */
  readonly isBug: boolean;
}

/** Sorts an error: bad input, wrong usage, Ctrl-C, or a bug of this program. */
export function reportError(error: unknown): ErrorReport {
  const plain = plainFsError(error) ?? error;
  const { name, message } = plain instanceof Error ? plain : { name: 'Error', message: String(plain) };
  if (plain instanceof UsageError) return { name, message, exitCode: 2, isBug: false };
  if (plain instanceof InterruptedError) return { name, message, exitCode: 130, isBug: false };
  const expected = plain instanceof Tha4Error || plain instanceof FileError || plain instanceof NetworkError;
  return { name, message, exitCode: 1, isBug: !expected };
}

/** What is printed of an error; a stack only for bugs, or where it was asked for. */
export function errorText({ name, message, isBug }: ErrorReport, error: unknown, debug: boolean, style: Style): string {
  const stack = (isBug || debug) && error instanceof Error ? `\n${error.stack ?? ''}${causes(error)}\n` : '';
  const plea = isBug ? 'This is a bug in tha4, not your mistake. Please report it with the lines below.\n' : '';
  const label = name === 'InterruptedError' ? '' : `${style.bad('Error')}: `;
  return `${label}${clean(message)}\n${plea}${stack}`;
}

function causes(error: Error): string {
  const { cause } = error;
  return cause instanceof Error ? `\nCaused by: ${cause.stack ?? cause.message}${causes(cause)}` : '';
}
