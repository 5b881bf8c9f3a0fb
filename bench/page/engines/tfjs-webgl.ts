import '@tensorflow/tfjs-backend-webgl';
import * as tf from '@tensorflow/tfjs-core';
import { createTfjsRuntime } from '@tha4/student/tfjs';
import type { Painter, ReadFile } from '../../src/painters/painter.ts';
import { publishedPainter } from '../../src/painters/published-painter.ts';
import { runtimePainter } from '../../src/painters/runtime-painter.ts';

/** Our reference runtime on tfjs's WebGL backend, layer by layer. */
export function openTfjs(read: ReadFile): Promise<Painter> {
  return runtimePainter(createTfjsRuntime({ backend: 'webgl', allowSoftwareGpu: true }), read);
}

/** The published graph on the same backend. */
export async function openPublished(read: ReadFile): Promise<Painter> {
  await tf.setBackend('webgl');
  return publishedPainter(read);
}
