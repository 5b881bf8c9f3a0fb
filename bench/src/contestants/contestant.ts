import type { Graph } from '../count/layered-work.ts';

/** What paints, in plain data, so that a page or a process can be told. */
export type Engine =
  | {
      readonly kind: 'wasm';
      readonly variant: 'plain' | 'relaxed';
      /** `auto`: as the runtime comes. */
      readonly precision: 'auto' | 'float';
      readonly threads: number;
      /** Leave out tiles in which nothing is visible. */
      readonly cull: boolean;
    }
  | { readonly kind: 'webgl'; readonly precision: 'float' | 'half'; readonly cull: boolean }
  | { readonly kind: 'webgpu'; readonly cull: boolean }
  | { readonly kind: 'tfjs'; readonly backend: 'wasm' | 'webgl'; readonly graph: Graph }
  | {
      readonly kind: 'onnxruntime';
      readonly provider: 'wasm' | 'webgpu' | 'node';
      readonly threads: number;
      readonly graph: Graph;
    };

/** Where a contestant runs. */
export type Place = 'node' | 'chromium' | 'visitor';

/** One of those that are measured side by side. */
export interface Contestant {
  readonly name: string;
  readonly place: Place;
  readonly engine: Engine;
  /** Name of the contestant of the same place that its ratio is taken to. */
  readonly control: string;
  /** Takes part in `--quick`. */
  readonly quick: boolean;
}

/** Whether an engine runs on the GPU, or on what emulates one. */
export function usesGpu(engine: Engine): boolean {
  switch (engine.kind) {
    case 'wasm':
      return false;
    case 'webgl':
    case 'webgpu':
      return true;
    case 'tfjs':
      return engine.backend === 'webgl';
    case 'onnxruntime':
      return engine.provider === 'webgpu';
  }
}
