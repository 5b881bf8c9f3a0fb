import { readCharacter } from '@tha4/core';
import { createWebglRuntime } from '../../../src/webgl/index.ts';

/** What the page asks of the worker: one frame, drawn to a canvas that the page has handed over. */
export interface WorkerRequest {
  readonly file: Uint8Array;
  readonly pose: readonly number[];
  readonly canvas: OffscreenCanvas;
}

self.onmessage = async ({ data: { file, pose, canvas } }: MessageEvent<WorkerRequest>) => {
  const runtime = createWebglRuntime({ allowSoftware: true, canvas });
  await runtime.load(readCharacter(file, 'worker'));
  await runtime.pose(Float32Array.from(pose));
  await runtime.present(canvas);
  self.postMessage((await runtime.readPixels()).data);
};
