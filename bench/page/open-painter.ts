import type { Engine } from '../src/contestants/contestant.ts';
import type { Painter, ReadFile } from '../src/painters/painter.ts';

/** Sets an engine up in this page. Each one's code is a chunk of its own, loaded only here. */
export async function openPainter(engine: Engine, read: ReadFile): Promise<Painter> {
  switch (engine.kind) {
    case 'wasm': {
      const { openWasm } = await import('./engines/wasm.ts');
      return openWasm(engine, read);
    }
    case 'webgl': {
      const { openWebgl } = await import('./engines/webgl.ts');
      return openWebgl(engine, read);
    }
    case 'webgpu': {
      const { openWebgpu } = await import('./engines/webgpu.ts');
      return openWebgpu(engine, read);
    }
    case 'tfjs': {
      const { openTfjs, openPublished } =
        engine.backend === 'wasm' ? await import('./engines/tfjs-wasm.ts') : await import('./engines/tfjs-webgl.ts');
      return engine.graph === 'ours' ? openTfjs(read) : openPublished(read);
    }
    case 'onnxruntime': {
      const { openOnnx } =
        engine.provider === 'webgpu'
          ? await import('./engines/onnx-webgpu.ts')
          : await import('./engines/onnx-wasm.ts');
      return openOnnx(engine.graph, read);
    }
  }
}
