import type { ThreadHandle } from '@tha4/kernels/threads';
import { createAutoRuntime, type RuntimeCandidate } from './auto-runtime.ts';
import type { StudentRuntime } from './runtime.ts';
import type { WasmPaths } from './tfjs/backends.ts';

/** Runtimes by name. `tfjs-*` run the networks layer by layer: slow, and the reference for the others. */
export const RUNTIME_NAMES = ['webgpu', 'webgl', 'wasm', 'tfjs-webgl', 'tfjs-wasm', 'tfjs-cpu'] as const;
export type RuntimeName = (typeof RUNTIME_NAMES)[number];

/** What `auto` tries, best first. The last one runs wherever there is JavaScript. */
const AUTO: readonly RuntimeName[] = ['webgpu', 'webgl', 'wasm', 'tfjs-cpu'];

/** How runtimes are set up. */
export interface StudentRuntimeOptions {
  /** One runtime, or `auto`: the first of webgpu, webgl, wasm that works here. */
  readonly runtime: RuntimeName | 'auto';
  /** Starts a worker that calls `serveThread`, for the wasm runtime's threads; without it, one thread paints. */
  readonly createThread: (() => ThreadHandle) | null;
  /** Where the binaries of tfjs's wasm backend are; only `tfjs-wasm` needs it. */
  readonly tfjsWasmPaths: WasmPaths | null;
  /** Take a GPU runtime also where a CPU emulates the GPU; `auto` then still begins with webgpu. */
  readonly allowSoftwareGpu: boolean;
}

const DEFAULTS: StudentRuntimeOptions = {
  runtime: 'auto',
  createThread: null,
  tfjsWasmPaths: null,
  allowSoftwareGpu: false,
};

/**
 * A runtime by name, or the best one that works here. Code is loaded only for what is tried.
 *
 * A runtime that is asked for by name is taken on a software GPU too; `auto` passes it over there.
 */
export function createStudentRuntime(options: Partial<StudentRuntimeOptions> = {}): StudentRuntime {
  const complete = { ...DEFAULTS, ...options };
  const names = complete.runtime === 'auto' ? AUTO : [complete.runtime];
  return createAutoRuntime(names.map((name) => candidate(name, complete)));
}

function candidate(name: RuntimeName, options: StudentRuntimeOptions): RuntimeCandidate {
  const allowSoftware = options.allowSoftwareGpu || options.runtime === name;
  const tfjs = (backend: 'webgl' | 'wasm' | 'cpu') => async (): Promise<StudentRuntime> => {
    const { createTfjsRuntime } = await import('./tfjs/index.ts');
    return createTfjsRuntime({ backend, wasmPaths: options.tfjsWasmPaths, allowSoftwareGpu: allowSoftware });
  };
  const create: Record<RuntimeName, () => Promise<StudentRuntime>> = {
    webgpu: async () => (await import('./webgpu/index.ts')).createWebgpuRuntime({ allowSoftware }),
    webgl: async () => (await import('./webgl/index.ts')).createWebglRuntime({ allowSoftware }),
    wasm: async () => (await import('./wasm/index.ts')).createWasmRuntime({ createThread: options.createThread }),
    'tfjs-webgl': tfjs('webgl'),
    'tfjs-wasm': tfjs('wasm'),
    'tfjs-cpu': tfjs('cpu'),
  };
  return { name, create: create[name] };
}
