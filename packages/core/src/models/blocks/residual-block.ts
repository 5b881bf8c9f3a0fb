import type { Run } from '../run.ts';
import { type Activation, activate } from './conv-block.ts';
import { type Convolution, convolutionSpec, convolve } from './convolution.ts';
import { instanceNorm, normSpec } from './norm.ts';

/** `x + norm(conv(activation(norm(conv(x)))))`, all with as many channels. */
export interface ResidualBlock {
  readonly key: string;
  readonly channels: number;
  readonly separable: boolean;
  readonly activation: Activation;
}

export function residualBlockSpec(spec: Map<string, readonly number[]>, block: ResidualBlock): void {
  for (const at of [0, 3] as const) {
    convolutionSpec(spec, convolutionOf(block, at));
    normSpec(spec, pathKey(block, at + 1), block.channels);
  }
}

export function residualBlock<T>(run: Run<T>, block: ResidualBlock, x: T): T {
  const y = run.ops.tidy(() => {
    const first = instanceNorm(run, pathKey(block, 1), convolve(run, convolutionOf(block, 0), x));
    const inner = activate(run, block.activation, first);
    return run.ops.add(x, instanceNorm(run, pathKey(block, 4), convolve(run, convolutionOf(block, 3), inner)));
  });
  run.observe?.(block.key, y);
  return y;
}

function convolutionOf(block: ResidualBlock, at: 0 | 3): Convolution {
  const key = pathKey(block, at);
  const keys: Convolution['keys'] = block.separable ? [`${key}.0`, `${key}.1`] : [key];
  return { keys, ins: block.channels, outs: block.channels, kernel: 3, size: 'same' };
}

function pathKey({ key }: ResidualBlock, at: number): string {
  return `${key}.resnet_path.${at}`;
}
