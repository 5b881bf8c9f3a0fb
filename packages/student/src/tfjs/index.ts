export type { TfjsBackend, WasmPaths } from './backends.ts';
export { createTfjsRuntime, type TfjsRuntimeOptions } from './tfjs-runtime.ts';
