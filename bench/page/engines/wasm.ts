import { createWorkerRuntime } from '@tha4/student';
import type { Engine } from '../../src/contestants/contestant.ts';
import type { Painter, ReadFile } from '../../src/painters/painter.ts';
import { runtimePainter } from '../../src/painters/runtime-painter.ts';
import WasmWorker from './wasm-worker.ts?worker';

/** The wasm runtime in a worker: only there may it wait for threads. */
export function openWasm(engine: Engine & { kind: 'wasm' }, read: ReadFile): Promise<Painter> {
  // A worker's name is the one thing that its page can tell it before its first line runs.
  return runtimePainter(createWorkerRuntime(new WasmWorker({ name: JSON.stringify(engine) })), read);
}
