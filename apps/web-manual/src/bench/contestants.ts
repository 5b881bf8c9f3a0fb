import { bestVariant } from '@tha4/kernels';
import { type Contestant, type Engine, GPU_CONTROL } from 'bench/page-kit';

/** More threads than this the wasm runtime does not take by itself. */
const MOST_THREADS = 8;

/**
 * Who is measured on a visitor's device, the control last.
 *
 * @param threads threads that may be had, 1 where the page cannot share memory
 * @param hasMap whether the character's file says which tiles are visible
 */
export function visitorContestants(threads: number, hasMap: boolean): Contestant[] {
  const variant = bestVariant() ?? 'plain'; // where there is no SIMD, the runtime says so itself
  const wasm = (count: number, cull: boolean): Engine => ({ kind: 'wasm', variant, threads: count, cull });
  const many = Math.min(threads, MOST_THREADS);
  const entries: (readonly [string, Engine])[] = [
    ['ours webgpu', { kind: 'webgpu' }],
    ['ours webgl', { kind: 'webgl', precision: 'float' }],
    ['ours webgl half', { kind: 'webgl', precision: 'half' }],
  ];
  for (const count of new Set([many, 1])) {
    const name = `ours wasm ${count} thread${count === 1 ? '' : 's'}${variant === 'relaxed' ? ' relaxed' : ''}`;
    if (hasMap) entries.push([name, wasm(count, true)]);
    entries.push([`${name}, every pixel`, wasm(count, false)]);
  }
  entries.push([GPU_CONTROL, { kind: 'tfjs', backend: 'webgl', graph: 'ours' }]);
  return entries.map(([name, engine]) => ({ name, engine, place: 'visitor', control: GPU_CONTROL, quick: true }));
}
