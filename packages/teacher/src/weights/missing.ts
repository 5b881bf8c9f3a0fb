import { Tha4Error } from '@tha4/core';
import type { SystemFacts } from './systems.ts';

/** The weights of a teacher are not there, or not all of them. */
export class MissingWeightsError extends Tha4Error {
  override readonly name = 'MissingWeightsError';
  /** Files without their ending. */
  readonly missing: readonly string[];
  constructor(message: string, missing: readonly string[]) {
    super(message);
    this.missing = missing;
  }
}

/** Nobody has said where the weights are, or nothing is there: what is missing, where it is, and what needs none. */
export function noWeights({ name, title, files, page, licence }: SystemFacts): MissingWeightsError {
  const system = name.replace(/-.*/, '');
  return new MissingWeightsError(
    [
      `--teacher ${name} needs the ${title} weights: ${files.map((file) => `${file}.pt`).join(', ')}; none are here.`,
      `Their author publishes them at ${page} under ${licence}: tha4 weights fetch ${system}, or --weights FOLDER|ZIP.`,
      '--teacher puppet needs none.',
    ].join('\n'),
    files,
  );
}

/** Some are there. */
export function someWeights(
  { name, title, page, licence, files }: SystemFacts,
  missing: readonly string[],
  where: string,
): MissingWeightsError {
  const found = files.filter((file) => !missing.includes(file));
  return new MissingWeightsError(
    [
      `${where}: expected the ${files.length} files of ${title}, got ${found.length}; missing: ${missing.map((file) => `${file}.pt`).join(', ')}.`,
      `Their author publishes them at ${page} under ${licence}: tha4 weights fetch ${name.replace(/-.*/, '')}.`,
      '--teacher puppet needs none.',
    ].join('\n'),
    missing,
  );
}
