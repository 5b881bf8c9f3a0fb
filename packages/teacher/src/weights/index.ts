export { cacheFolder, type ReadWeights, readThroughCache } from './cache.ts';
export { type FetchEvents, type FetchedFile, fetchWeights } from './fetch.ts';
export type { WeightFile } from './find-files.ts';
export { type LocatedWeights, locateWeights } from './locate.ts';
export { MissingWeightsError } from './missing.ts';
export { placeOf, rememberedWeights, rememberWeights, weightsFolder } from './remembered.ts';
export { isSystemName, SYSTEM_NAMES, SYSTEMS, type SystemFacts, type SystemName } from './systems.ts';
