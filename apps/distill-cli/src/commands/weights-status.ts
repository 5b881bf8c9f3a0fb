import {
  cacheFolder,
  locateWeights,
  MissingWeightsError,
  SYSTEM_NAMES,
  SYSTEMS,
  type SystemName,
} from '@tha4/teacher/weights';

export interface WeightsStatus {
  readonly command: 'weights';
  readonly systems: readonly SystemStatus[];
  /** Where converted weights are kept. */
  readonly cache: string;
}

export interface SystemStatus {
  readonly name: SystemName;
  readonly title: string;
  readonly licence: string;
  readonly page: string;
  /** Folder or zip; `null` where they are not there, or not all of them. */
  readonly path: string | null;
  /** Files that are missing, without their ending. */
  readonly missing: readonly string[];
}

/** Says which weights are there, and where. */
export async function weightsStatus(): Promise<WeightsStatus> {
  const systems: SystemStatus[] = [];
  for (const name of SYSTEM_NAMES) {
    const { title, licence, page } = SYSTEMS[name];
    try {
      const { path } = await locateWeights(name, null);
      systems.push({ name, title, licence, page, path, missing: [] });
    } catch (error) {
      if (!(error instanceof MissingWeightsError)) throw error;
      systems.push({ name, title, licence, page, path: null, missing: error.missing });
    }
  }
  return { command: 'weights', systems, cache: cacheFolder() };
}
