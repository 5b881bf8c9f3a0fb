export { createWebglRuntime, type WebglRuntimeOptions } from './webgl-runtime.ts';
