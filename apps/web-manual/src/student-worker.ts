import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { createTfjsRuntime } from '@tha4/student/tfjs';
import { serveRuntime } from '@tha4/student/worker';
import { parseBackend } from './backend-choice.ts';

// A worker's name is the one thing that its page can tell it before its first line runs.
serveRuntime(
  createTfjsRuntime({
    backend: parseBackend(self.name),
    wasmPaths: {
      'tfjs-backend-wasm.wasm': wasmUrl,
      'tfjs-backend-wasm-simd.wasm': simdUrl,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
    },
  }),
);
