import { BackendError } from '@tha4/core';
import { soloTeam, startTeam, type Team, type ThreadHandle, type Work } from '@tha4/kernels/threads';
import type { Painter } from './paint-chunk.ts';
import type { ThreadStart } from './thread.ts';
import { paintRange, TAKE } from './work-sharing.ts';

/** Takes a range of a list's pixels through a step of `work-sharing.ts`; how many threads share it is the team's affair. */
export interface PaintTeam {
  /** @param end a multiple of 4 after `from` */
  paint(step: number, names: number, from: number, end: number): void;
  dispose(): void;
}

/**
 * A team that paints: the calling thread, which must be allowed to wait (Node, or a worker), and some workers.
 *
 * @param create starts a worker that calls `serveThread`; `null`: the calling thread paints alone
 * @param starts one for each worker
 * @throws {BackendError} when a worker does not start
 */
export async function startPaintTeam(
  painter: Painter,
  control: Int32Array,
  create: (() => ThreadHandle) | null,
  starts: readonly ThreadStart[],
): Promise<PaintTeam> {
  const work: Work = (step, from, end, names) => paintRange(painter, step, names, from, end);
  const team =
    create === null || starts.length === 0 ? soloTeam(work) : await startWorkers(work, control, create, starts);
  return {
    paint: (step, names, from, end) => team.run(step, from, end, TAKE, names),
    dispose: () => team.dispose(),
  };
}

async function startWorkers(
  work: Work,
  control: Int32Array,
  create: () => ThreadHandle,
  starts: readonly ThreadStart[],
): Promise<Team> {
  try {
    return await startTeam(work, control, create, starts);
  } catch (cause) {
    throw new BackendError(`wasm ${(cause as Error).message}`, { cause });
  }
}
