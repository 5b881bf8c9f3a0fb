import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { createTfjsRuntime } from '@tha4/student/tfjs';
import type { Painter, ReadFile } from '../../src/painters/painter.ts';
import { publishedPainter } from '../../src/painters/published-painter.ts';
import { runtimePainter } from '../../src/painters/runtime-painter.ts';

const wasmPaths = {
  'tfjs-backend-wasm.wasm': wasmUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl, // tfjs insists on it
};
// One thread, as in Node; besides, the threads of a bundled tfjs never start on a cross-origin isolated page.
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);

/** Our reference runtime on tfjs's wasm backend, layer by layer. */
export function openTfjs(read: ReadFile): Promise<Painter> {
  return runtimePainter(createTfjsRuntime({ backend: 'wasm', wasmPaths }), read);
}

/** The published graph on the same backend. */
export async function openPublished(read: ReadFile): Promise<Painter> {
  setWasmPaths(wasmPaths);
  await tf.setBackend('wasm');
  return publishedPainter(read);
}
