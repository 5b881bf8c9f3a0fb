import { createWebgpuRuntime } from '@tha4/student/webgpu';
import type { Engine } from '../../src/contestants/contestant.ts';
import type { Painter, ReadFile } from '../../src/painters/painter.ts';
import { runtimePainter } from '../../src/painters/runtime-painter.ts';

/** Our WebGPU runtime, on whatever gives a device. */
export function openWebgpu({ cull }: Engine & { kind: 'webgpu' }, read: ReadFile): Promise<Painter> {
  return runtimePainter(createWebgpuRuntime({ cull, allowSoftware: true }), read);
}
