import { createWebgpuRuntime } from '@tha4/student/webgpu';
import type { Painter, ReadFile } from '../../src/painters/painter.ts';
import { runtimePainter } from '../../src/painters/runtime-painter.ts';

/** Our WebGPU runtime, on whatever gives a device. */
export function openWebgpu(read: ReadFile): Promise<Painter> {
  return runtimePainter(createWebgpuRuntime({ allowSoftware: true }), read);
}
