import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { EngineName } from './engine.ts';

/** What one more pose takes while a frame of 512x512 is painted, and what stays for weights and the system, MiB. */
const PER_POSE = 1000;
const KEPT = 2500;
const MOST = 8;

/**
 * How many poses an engine works on at once. A CPU is busy with one. A GPU gets what fits into its free memory: one that
 * has to swap is ten times slower. Where nobody tells how much that is, one.
 */
export async function batchFor(engine: EngineName): Promise<number> {
  if (engine !== 'cuda' && engine !== 'tfjs-node-gpu') return 1;
  return batchForMemory(await freeNvidiaMemory());
}

/** @param free MiB, `null` where it is not known */
export function batchForMemory(free: number | null): number {
  if (free === null) return 1;
  return Math.max(1, Math.min(MOST, Math.floor((free - KEPT) / PER_POSE)));
}

async function freeNvidiaMemory(): Promise<number | null> {
  const query = ['--query-gpu=memory.free', '--format=csv,noheader,nounits', '--id=0'];
  const answer = await promisify(execFile)('nvidia-smi', query, { timeout: 5000 }).catch(() => null);
  const free = Number.parseInt(answer?.stdout ?? '', 10);
  return Number.isFinite(free) ? free : null;
}
