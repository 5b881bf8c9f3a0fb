export type { ThreadHandle } from '@tha4/kernels/threads';
export { type CharacterStudentOptions, createWasmStudent } from './character-student.ts';
export { type SurveyOptions, surveyTiles } from './survey-tiles.ts';
export { serveThread, type ThreadPort } from './thread.ts';
export { shareOfMap } from './visible-tiles.ts';
export { createWasmRuntime, type WasmRuntimeOptions } from './wasm-runtime.ts';
export type { WasmStudent } from './wasm-student.ts';
