export { fetchCharacter } from './character/fetch-character.ts';
export { chosenFiles, droppedFiles, type PathedFile, readCharacterFiles } from './character/read-files.ts';
export type { FrameTimeSummary } from './player/frame-times.ts';
export { type PlayerEvents, type PlayerOptions, StudentPlayer } from './player/player.ts';
export { presentImage } from './present.ts';
export type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from './runtime.ts';
export { createWorkerRuntime } from './worker/worker-runtime.ts';
