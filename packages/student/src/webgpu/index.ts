export { createWebgpuRuntime, type WebgpuRuntime, type WebgpuRuntimeOptions } from './webgpu-runtime.ts';
