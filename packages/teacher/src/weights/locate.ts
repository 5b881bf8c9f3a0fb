import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { findFiles, type WeightFile } from './find-files.ts';
import { MissingWeightsError, noWeights } from './missing.ts';
import { placeOf, rememberedWeights, weightsFolder } from './remembered.ts';
import { SYSTEMS, type SystemName } from './systems.ts';

/** The files of a system, and where they are. */
export interface LocatedWeights {
  readonly system: SystemName;
  /** Folder or zip. */
  readonly path: string;
  readonly files: readonly WeightFile[];
}

/**
 * Finds a system's weights: where somebody says, else in `THA4_WEIGHTS` or where `weights fetch` puts them, else where
 * they were the last time; see `rememberWeights`.
 *
 * @param given folder or zip, or `null`
 * @throws {MissingWeightsError} with what is missing, where it is published and under which licence
 */
export async function locateWeights(system: SystemName, given: string | null): Promise<LocatedWeights> {
  const facts = SYSTEMS[system];
  if (given !== null) return { system, path: given, files: await findFiles(facts, given) };
  const own = weightsFolder();
  const places = [join(own, placeOf(system)), own, await rememberedWeights(system)];
  let partial: MissingWeightsError | null = null;
  for (const path of places) {
    if (path === null || (await stat(path).catch(() => null)) === null) continue;
    try {
      return { system, path, files: await findFiles(facts, path) };
    } catch (error) {
      if (!(error instanceof MissingWeightsError)) throw error;
      if (error.missing.length < facts.files.length) partial ??= error;
    }
  }
  throw partial ?? noWeights(facts);
}
