import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { createStudentRuntime, type RuntimeName, type StudentRuntime } from '@tha4/student';
import KernelThread from './kernel-thread.ts?worker';

/** A runtime for a worker of a page, with everything that it may load in its place. */
export function createPageRuntime(runtime: RuntimeName | 'auto'): StudentRuntime {
  return createStudentRuntime({
    runtime,
    createThread: () => new KernelThread(),
    tfjsWasmPaths: {
      'tfjs-backend-wasm.wasm': wasmUrl,
      'tfjs-backend-wasm-simd.wasm': simdUrl,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
    },
  });
}
