export { createWebgpuRuntime, type WebgpuRuntimeOptions } from './webgpu-runtime.ts';
