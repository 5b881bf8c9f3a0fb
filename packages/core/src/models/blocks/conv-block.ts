import type { Run } from '../run.ts';
import { type Convolution, convolutionSpec, convolve } from './convolution.ts';
import { instanceNorm, normSpec } from './norm.ts';

/** What stands after the norms of a network: `leaky` has slope 0.1. */
export type Activation = 'relu' | 'leaky';

/** Slope of the leaky ReLUs. Source: THA3 demo, `poser/modes/standard_float.py`. */
const SLOPE = 0.1;

/** Convolution, instance norm, activation. */
export interface ConvBlock extends Omit<Convolution, 'keys'> {
  readonly key: string;
  /** Name of the module whose output it is, where that is not the key. */
  readonly module?: string;
  readonly separable: boolean;
  readonly activation: Activation;
}

export function convBlockSpec(spec: Map<string, readonly number[]>, block: ConvBlock): void {
  convolutionSpec(spec, convolutionOf(block));
  normSpec(spec, normKey(block), block.outs);
}

/** `[n, h, w, ins]` -> `[n, h', w', outs]`. */
export function convBlock<T>(run: Run<T>, block: ConvBlock, x: T): T {
  return run.ops.tidy(() => finishConvBlock(run, block, blockConvolution(run, block, x)));
}

/** The block's convolution alone, of all its inputs or of those from `begin` on. */
export function blockConvolution<T>(run: Run<T>, block: ConvBlock, x: T, begin = 0): T {
  return convolve(run, convolutionOf(block), x, begin);
}

/** What comes after the convolution. */
export function finishConvBlock<T>(run: Run<T>, block: ConvBlock, convolved: T): T {
  const y = run.ops.tidy(() => activate(run, block.activation, instanceNorm(run, normKey(block), convolved)));
  run.observe?.(block.module ?? block.key, y);
  return y;
}

export function activate<T>({ ops }: Run<T>, activation: Activation, x: T): T {
  return activation === 'relu' ? ops.relu(x) : ops.leakyRelu(x, SLOPE);
}

function convolutionOf({ key, separable, ins, outs, kernel, size }: ConvBlock): Convolution {
  return { ins, outs, kernel, size, keys: separable ? [`${key}.0`, `${key}.1`] : [`${key}.0`] };
}

function normKey({ key, separable }: ConvBlock): string {
  return separable ? `${key}.2` : `${key}.1`;
}
