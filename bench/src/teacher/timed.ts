/** How long something took, milliseconds. */
export interface Timing {
  readonly wall: number;
  /** Processor time of all threads. */
  readonly cpu: number;
}

export async function timed(work: () => Promise<void>): Promise<Timing> {
  const before = process.cpuUsage();
  const start = performance.now();
  await work();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { wall, cpu: (user + system) / 1000 };
}

/** What it would take on a quiet machine, at most: where other work waits for the cores too, processor time is shorter. */
export function quietTime({ wall, cpu }: Timing, threads: number): number {
  return Math.min(wall, cpu / threads);
}
