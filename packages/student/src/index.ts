export { createAutoRuntime, type RuntimeCandidate } from './auto-runtime.ts';
export { createCachedRuntime, type FrameCacheOptions } from './cache/cached-runtime.ts';
export { fetchCharacter } from './character/fetch-character.ts';
export { chosenFiles, droppedFiles, type PathedFile, readCharacterFiles } from './character/read-files.ts';
export {
  createStudentRuntime,
  RUNTIME_NAMES,
  type RuntimeName,
  type StudentRuntimeOptions,
} from './create-student-runtime.ts';
export { FrameSurface } from './frame-surface.ts';
export type { FrameTimeSummary } from './player/frame-times.ts';
export { type Decision, Pace, type PacedFrame, type PaceState } from './player/pace/pace.ts';
export { type PlayerEvents, type PlayerOptions, type Speed, StudentPlayer } from './player/player.ts';
export type { PlayerStats } from './player/player-stats.ts';
export { presentImage } from './present.ts';
export { QUALITIES, type Quality } from './quality.ts';
export type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from './runtime.ts';
export { createWorkerRuntime } from './worker/worker-runtime.ts';
