import { BackendError } from '@tha4/core';
import { soloTeam, startTeam as start, type Team, type ThreadHandle } from '@tha4/kernels/threads';
import type { Painter } from './paint-chunk.ts';
import type { ThreadStart } from './thread.ts';
import { paintRange } from './work-sharing.ts';

/**
 * A team that paints: the calling thread, which must be allowed to wait (Node, or a worker), and some workers.
 *
 * @param create starts a worker that calls `serveThread`
 * @param starts one for each worker
 * @throws {BackendError} when a worker does not start
 */
export async function startTeam(
  painter: Painter,
  control: Int32Array,
  create: (() => ThreadHandle) | null,
  starts: readonly ThreadStart[],
): Promise<Team> {
  const work = (job: number, from: number, end: number): void => paintRange(painter, job, from, end);
  if (create === null || starts.length === 0) return soloTeam(work);
  try {
    return await start(work, control, create, starts);
  } catch (cause) {
    throw new BackendError(`wasm ${(cause as Error).message}`, { cause });
  }
}
