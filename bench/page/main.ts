// The page of one contestant: its address says which; it paints a frame at once, then whenever it is told to.
import type { BenchPage } from '../src/browser/bench-page.ts';
import type { Engine } from '../src/contestants/contestant.ts';
import type { Painter } from '../src/painters/painter.ts';
import type { Opened } from '../src/seat.ts';
import { openPainter } from './open-painter.ts';

let painter: Painter | null = null;

async function open(): Promise<Opened> {
  const { engine, pose } = JSON.parse(decodeURIComponent(location.hash.slice(1))) as {
    readonly engine: Engine;
    readonly pose: readonly number[];
  };
  painter = await openPainter(engine, async (name) => {
    const response = await fetch(`./files/${name}`);
    if (!response.ok) throw new Error(`GET ${name}: HTTP ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  });
  const firstPaintMs = await painter.paint(Float32Array.from(pose));
  const firstFrameMs = performance.now(); // since the navigation began
  const { gpuName } = await import('../src/browser/gpu-name.ts');
  return { engine: painter.engine, gpu: await gpuName(engine), firstFrameMs, firstPaintMs };
}

const page: BenchPage = {
  opened: open(),
  paint: (pose) => painter!.paint(Float32Array.from(pose)),
};
Object.assign(globalThis, page);
