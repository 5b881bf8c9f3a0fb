import KernelThread from '@tha4/page/kernel-thread?worker';
import { createAutoRuntime } from '@tha4/student';
import { serveRuntime } from '@tha4/student/worker';
import type { Engine } from 'bench/page-kit';

// A worker's name is the one thing that its page can tell it before its first line runs.
const engine = JSON.parse(self.name) as Engine;

serveRuntime(
  createAutoRuntime([
    {
      name: engine.kind,
      create: async () => {
        switch (engine.kind) {
          case 'wasm': {
            const { createWasmRuntime } = await import('@tha4/student/wasm');
            return createWasmRuntime({ ...engine, createThread: () => new KernelThread() });
          }
          case 'webgl':
            return (await import('@tha4/student/webgl')).createWebglRuntime({ ...engine, allowSoftware: true });
          case 'webgpu':
            return (await import('@tha4/student/webgpu')).createWebgpuRuntime({ ...engine, allowSoftware: true });
          case 'tfjs':
            return (await import('@tha4/student/tfjs')).createTfjsRuntime({ backend: 'webgl', allowSoftwareGpu: true });
          default:
            throw new RangeError(`bench: expected one of this project's runtimes, got ${engine.kind}`);
        }
      },
    },
  ]),
);
