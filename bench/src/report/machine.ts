import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** The processor in words, e.g. `AMD EPYC, 2 cores`. */
export function cpuName(): string {
  const model = (cpus()[0]?.model ?? 'unknown CPU').replace(/\s+/g, ' ').trim();
  const cores = availableParallelism();
  return `${model}, ${cores} core${cores === 1 ? '' : 's'}`;
}

/** Memory in words. */
export function memorySize(): string {
  return `${Math.round(totalmem() / 2 ** 30)} GB`;
}

/** Load of the last minute: how many threads wanted to run at a time. */
export function load(): string {
  return loadavg()[0]!.toFixed(1);
}
