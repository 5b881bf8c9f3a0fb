import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../contestants/contestant.ts';
import type { Seat } from '../seat.ts';
import { SOURCE_FLAGS } from './create-thread.ts';
import type { HostAnswer, HostRequest } from './host.ts';

/** Before version 22, Node has relaxed SIMD behind a flag. */
const RELAXED_FLAG = '--experimental-wasm-relaxed-simd';

/** Gives a contestant a process of its own, so that no other one's garbage or compiled code is in its way. */
export async function openNodeSeat(engine: Engine, folder: string, pose: readonly number[]): Promise<Seat> {
  const relaxed = engine.kind === 'wasm' && engine.variant === 'relaxed';
  const child = fork(fileURLToPath(new URL('./host.ts', import.meta.url)), {
    execArgv: [
      ...SOURCE_FLAGS,
      '--import',
      import.meta.resolve('tsx'),
      ...(relaxed && Number(process.versions.node.split('.')[0]) < 22 ? [RELAXED_FLAG] : []),
    ],
    // What contestants print must not get between the rows.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  try {
    const answer = await ask(child, { kind: 'open', engine, folder, pose });
    if (!('opened' in answer)) throw new Error('host: expected it to open, got another answer');
    return {
      ...answer.opened,
      environment: `Node ${process.versions.node}`,
      scriptKilobytesGzip: null,
      paint: async (next) => {
        const painted = await ask(child, { kind: 'paint', pose: next });
        if (!('time' in painted)) throw new Error('host: expected a time, got another answer');
        return painted.time;
      },
      close: () => end(child),
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function ask(child: ChildProcess, request: HostRequest): Promise<HostAnswer> {
  const settled = new AbortController();
  const { signal } = settled;
  const exit = once(child, 'exit', { signal }).then(([code]: unknown[]) => {
    throw new Error(`its process ended with code ${code}`);
  });
  child.send(request);
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal }), exit])) as [HostAnswer];
    if ('error' in answer) throw new Error(answer.error);
    return answer;
  } finally {
    exit.catch(() => undefined);
    settled.abort();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill();
  await once(child, 'exit');
}
