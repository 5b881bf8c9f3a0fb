import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { CheckpointError, readSafetensors, type Weights } from '@tha4/core';
import type { BodySampling } from '../body/body-sampling.ts';
import type { FaceSampling } from '../face/face-sampling.ts';
import type { InitialWeights } from '../network/initial-weights.ts';
import { LITE, type NetworkRecipe, type StartName, type TrainingRecipe } from '../recipes.ts';
import type { BodyLossWeights, FaceLossWeights } from '../trainer.ts';
import { readStart, type StartedNetwork } from './start-file.ts';

/** A network's recipe, when it is settled what it begins with. */
export interface SettledNetwork<S, L> extends Omit<NetworkRecipe<S, L>, 'start' | 'shipped'> {
  readonly start: InitialWeights | Weights;
}

export interface SettledRecipe extends Omit<TrainingRecipe, 'face' | 'body'> {
  readonly face: SettledNetwork<FaceSampling, FaceLossWeights>;
  readonly body: SettledNetwork<BodySampling, BodyLossWeights>;
}

/** What the networks of a run begin with. */
export interface SettledStarts {
  readonly recipe: SettledRecipe;
  /** In words that name it exactly: `random`, or name, licence and hash of what is shipped. */
  readonly words: { readonly face: string; readonly body: string };
  /** What somebody who asked for this recipe should know. */
  readonly notes: readonly string[];
}

/** The starts that are in the package, in `starts`; `make-start` makes them. */
const SHIPPED: readonly (StartedNetwork & { readonly name: StartName; readonly file: string })[] = [
  { name: 'generic', network: 'body', config: LITE.body, file: 'body-lite.safetensors' },
];

/**
 * Reads the starts that a recipe names. A start fits one shape of student; where there is none of the student's, the
 * network begins with random weights and their own schedule, and a note says so.
 *
 * @throws {CheckpointError} when a file of the package is missing or damaged
 */
export async function settleStarts(recipe: TrainingRecipe): Promise<SettledStarts> {
  const face = await settle(recipe.face, { network: 'face', config: recipe.student.face });
  const body = await settle(recipe.body, { network: 'body', config: recipe.student.body });
  return {
    recipe: { ...recipe, face: face.settled, body: body.settled },
    words: { face: face.words, body: body.words },
    notes: [...face.notes, ...body.notes],
  };
}

async function settle<S, L>(
  { shipped, ...random }: NetworkRecipe<S, L>,
  wanted: StartedNetwork,
): Promise<{ settled: SettledNetwork<S, L>; words: string; notes: readonly string[] }> {
  if (shipped === undefined) return { settled: random, words: 'random', notes: [] };
  const found = SHIPPED.find(
    ({ name, network, config }) =>
      name === shipped.name && network === wanted.network && JSON.stringify(config) === JSON.stringify(wanted.config),
  );
  if (found === undefined) {
    const note = `The ${wanted.network} begins with random weights: there is no ${shipped.name} start of this size, which costs time.`;
    return { settled: random, words: 'random', notes: [note] };
  }
  const bytes = await readShipped(found.file);
  const { metadata } = readSafetensors(bytes, found.file);
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  return {
    settled: { ...random, start: readStart(bytes, wanted, found.file), schedule: shipped.schedule },
    words: `${metadata.get('name')}, ${metadata.get('licence')}, sha256 ${hash}`,
    notes: [],
  };
}

async function readShipped(file: string): Promise<Uint8Array> {
  try {
    // As far from here in `src` as in `dist`.
    return await readFile(new URL(`../../../starts/${file}`, import.meta.url));
  } catch (cause) {
    throw new CheckpointError(
      `starts/${file}: expected a file of the package, got ${(cause as Error).message}; install it again`,
      [],
      { cause },
    );
  }
}
