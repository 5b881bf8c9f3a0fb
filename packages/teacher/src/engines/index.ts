export { batchForMemory } from './batch.ts';
export { chooseEngine, ENGINE_DEFAULTS, type EngineOptions } from './choose-engine.ts';
export {
  ENGINE_NAMES,
  type Engine,
  type EngineChoice,
  type EngineName,
  type EngineTensor,
  type EngineTensors,
  type LoadedStage,
  PRECISIONS,
  type Precision,
  type SkippedEngine,
  type StageSource,
} from './engine.ts';
