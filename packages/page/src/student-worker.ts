import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { createStudentRuntime } from '@tha4/student';
import { serveRuntime } from '@tha4/student/worker';
import KernelThread from './kernel-thread.ts?worker';
import { parseRuntime } from './runtime-choice.ts';

// A worker's name is the one thing that its page can tell it before its first line runs.
serveRuntime(
  createStudentRuntime({
    runtime: parseRuntime(self.name),
    createThread: () => new KernelThread(),
    tfjsWasmPaths: {
      'tfjs-backend-wasm.wasm': wasmUrl,
      'tfjs-backend-wasm-simd.wasm': simdUrl,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
    },
  }),
);
