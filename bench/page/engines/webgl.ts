import { createWebglRuntime } from '@tha4/student/webgl';
import type { Engine } from '../../src/contestants/contestant.ts';
import type { Painter, ReadFile } from '../../src/painters/painter.ts';
import { runtimePainter } from '../../src/painters/runtime-painter.ts';

/** Our WebGL runtime, on whatever gives a context. */
export function openWebgl({ precision, cull }: Engine & { kind: 'webgl' }, read: ReadFile): Promise<Painter> {
  return runtimePainter(createWebglRuntime({ precision, cull, allowSoftware: true }), read);
}
