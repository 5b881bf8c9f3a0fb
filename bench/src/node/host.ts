// A process of one contestant in Node: sets it up, then paints whenever it is told to.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../contestants/contestant.ts';
import type { FrameTime, Painter } from '../painters/painter.ts';
import type { Opened } from '../seat.ts';
import { importEngine } from './open-painter.ts';

/** What the host is told. */
export type HostRequest =
  | { readonly kind: 'open'; readonly engine: Engine; readonly folder: string; readonly pose: readonly number[] }
  | { readonly kind: 'paint'; readonly pose: readonly number[] };

/** What it answers. */
export type HostAnswer = { readonly opened: Opened } | { readonly time: FrameTime } | { readonly error: string };

let painter: Painter | null = null;

async function answer(request: HostRequest): Promise<HostAnswer> {
  const pose = Float32Array.from(request.pose);
  if (request.kind === 'paint') {
    const before = process.cpuUsage();
    const ms = await painter!.paint(pose);
    const { user, system } = process.cpuUsage(before);
    return { time: { ms, cpuMs: (user + system) / 1000 } };
  }
  const open = await importEngine(request.engine);
  const start = performance.now();
  painter = await open(async (name) => new Uint8Array(await readFile(join(request.folder, name))));
  const firstPaintMs = await painter.paint(pose);
  const firstFrameMs = performance.now() - start;
  return { opened: { engine: painter.engine, gpu: null, firstFrameMs, firstPaintMs } };
}

process.on('message', (request: HostRequest) => {
  answer(request)
    .catch((error: unknown): HostAnswer => ({ error: error instanceof Error ? error.message : String(error) }))
    .then((message) => process.send!(message));
});
// The conductor is gone: nobody will ask again.
process.on('disconnect', () => process.exit());
