import { createWasmRuntime } from '@tha4/student/wasm';
import { serveRuntime } from '@tha4/student/worker';
import type { Engine } from '../../src/contestants/contestant.ts';
import KernelThread from './kernel-thread.ts?worker';

const { variant, precision, threads, cull } = JSON.parse(self.name) as Engine & { kind: 'wasm' };
serveRuntime(createWasmRuntime({ variant, precision, threads, cull, createThread: () => new KernelThread() }));
