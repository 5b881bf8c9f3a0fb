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
  const wasm = (threads: number, cull: boolean): Engine => ({
    kind: 'wasm',
    variant,
    precision: 'auto',
    threads,
    cull,
  });
  const many = Math.min(threads, MOST_THREADS);
  const entries: (readonly [string, Engine])[] = [];
  const add = (name: string, engine: (cull: boolean) => Engine): void => {
    if (hasMap) entries.push([name, engine(true)]);
    entries.push([`${name}, every pixel`, engine(false)]);
  };
  add('ours webgpu', (cull) => ({ kind: 'webgpu', cull }));
  add('ours webgl', (cull) => ({ kind: 'webgl', precision: 'float', cull }));
  add('ours webgl half', (cull) => ({ kind: 'webgl', precision: 'half', cull }));
  for (const count of new Set([many, 1])) {
    const name = `ours wasm ${count} thread${count === 1 ? '' : 's'}${variant === 'relaxed' ? ' relaxed' : ''}`;
    add(name, (cull) => wasm(count, cull));
  }
  entries.push([GPU_CONTROL, { kind: 'tfjs', backend: 'webgl', graph: 'ours' }]);
  return entries.map(([name, engine]) => ({ name, engine, place: 'visitor', control: GPU_CONTROL, quick: true }));
}
