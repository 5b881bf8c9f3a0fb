import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import * as ort from 'onnxruntime-web/webgpu';
import type { Graph } from '../../src/count/layered-work.ts';
import { onnxPainter } from '../../src/painters/onnx-painter.ts';
import type { Painter, ReadFile } from '../../src/painters/painter.ts';

/** onnxruntime-web on WebGPU, from files of this page. */
export function openOnnx(graph: Graph, read: ReadFile): Promise<Painter> {
  ort.env.wasm.wasmPaths = { wasm: wasmUrl };
  ort.env.wasm.numThreads = 1;
  const about = `onnxruntime-web ${ort.env.versions.web} webgpu`;
  return onnxPainter(ort, about, { executionProviders: ['webgpu'] }, graph, read);
}
