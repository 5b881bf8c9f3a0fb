import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Engine } from '../contestants/contestant.ts';
import type { Painter, ReadFile } from '../painters/painter.ts';
import { createKernelThread } from './create-thread.ts';

/** Sets an engine up in this process. Its code is loaded by `importEngine`, so that this can be timed. */
export type OpenPainter = (read: ReadFile) => Promise<Painter>;

/** Loads what an engine needs. @throws {RangeError} when it does not run in Node */
export async function importEngine(engine: Engine): Promise<OpenPainter> {
  const { runtimePainter } = await import('../painters/runtime-painter.ts');
  switch (engine.kind) {
    case 'wasm': {
      const { createWasmRuntime } = await import('@tha4/student/wasm');
      const { variant, precision, threads, cull } = engine;
      const options = { variant, precision, threads, cull, createThread: createKernelThread };
      return (read) => runtimePainter(createWasmRuntime(options), read);
    }
    case 'tfjs': {
      const { createTfjsRuntime } = await import('@tha4/student/tfjs');
      return (read) => runtimePainter(createTfjsRuntime({ backend: engine.backend }), read);
    }
    case 'onnxruntime':
      return engine.provider === 'node' ? importOnnxNode(engine) : importOnnxWeb(engine);
    default:
      throw new RangeError(`node: expected an engine that runs in Node, got ${engine.kind}`);
  }
}

type OnnxEngine = Engine & { readonly kind: 'onnxruntime' };

async function importOnnxNode({ graph, threads }: OnnxEngine): Promise<OpenPainter> {
  const ort = await import('onnxruntime-node');
  const { onnxPainter } = await import('../painters/onnx-painter.ts');
  const options = { executionProviders: ['cpu'], intraOpNumThreads: threads, interOpNumThreads: 1 };
  const about = `onnxruntime-node ${ort.env.versions.node} cpu, ${threads} thread${threads === 1 ? '' : 's'}`;
  return (read) => onnxPainter(ort, about, options, graph, read);
}

async function importOnnxWeb({ graph, threads }: OnnxEngine): Promise<OpenPainter> {
  const ort = await import('onnxruntime-web');
  const { onnxPainter } = await import('../painters/onnx-painter.ts');
  const require = createRequire(import.meta.url);
  const local = (file: string): string => pathToFileURL(require.resolve(`onnxruntime-web/${file}`)).href;
  ort.env.wasm.wasmPaths = { mjs: local('ort-wasm-simd-threaded.mjs'), wasm: local('ort-wasm-simd-threaded.wasm') };
  ort.env.wasm.numThreads = threads;
  const about = `onnxruntime-web ${ort.env.versions.web} wasm, ${graph === 'ours' ? 'our' : 'published'} graph`;
  return (read) => onnxPainter(ort, about, { executionProviders: ['wasm'] }, graph, read);
}
