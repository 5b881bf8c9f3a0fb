export type { ThreadHandle } from '@tha4/kernels/threads';
export { LONGEST_WAY, wayOfFace } from '../plan/kept-body.ts';
export { shareOfMap } from '../tiles/visible-tiles.ts';
export { type CharacterStudentOptions, createWasmStudent } from './character-student.ts';
export type { Precision } from './student-layout.ts';
export { type SurveyOptions, surveyTiles } from './survey-tiles.ts';
export { serveThread, type ThreadPort } from './thread.ts';
export { createWasmRuntime, type WasmRuntimeOptions } from './wasm-runtime.ts';
export type { WasmStudent } from './wasm-student.ts';
