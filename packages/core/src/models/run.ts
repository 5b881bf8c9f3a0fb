import type { Ops } from '../ops/ops.ts';
import type { Params } from './params.ts';

/**
 * Is told what a module puts out, under the name that the original has for it (`body.upsample_blocks.1`). For tests that
 * compare activations: an eager executor frees the tensor soon after, so it has to be read at once.
 */
export type Observe<T> = (module: string, output: T) => void;

/** What every block of a network needs. */
export interface Run<T> {
  readonly ops: Ops<T>;
  readonly params: Params<T>;
  readonly observe?: Observe<T> | undefined;
}
