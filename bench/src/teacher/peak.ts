import type { Ops, Stage } from '@tha4/core';
import { chooseEngine } from '@tha4/teacher/engines';
import { createRunner } from './runner.ts';
import { quietTime, timed } from './timed.ts';

const ROUNDS = 5;

/** Work that engines are best at: its input, its multiply-adds, and how it is written. */
interface Plain {
  readonly shape: readonly [number, number, number];
  readonly multiplyAdds: number;
  readonly run: <T>(ops: Ops<T>, x: T) => T;
}

const weight = (...shape: readonly number[]): readonly [Float32Array, readonly number[]] => {
  const count = shape.reduce((product, size) => product * size, 1);
  return [Float32Array.from({ length: count }, (_, i) => Math.sin(i)), shape];
};

const PLAIN: readonly Plain[] = [
  {
    shape: [64, 64, 1024],
    multiplyAdds: 64 * 64 * 1024 * 1024,
    run: (ops, x) => ops.dense(x, ops.constant(...weight(1024, 1024)), null),
  },
  {
    shape: [64, 64, 256],
    multiplyAdds: 64 * 64 * 256 * 256 * 9,
    run: (ops, x) => ops.conv2d(x, ops.constant(...weight(3, 3, 256, 256)), null, 1),
  },
];

/**
 * What a machine reaches at best, in GFLOP/s: the faster one of a plain matrix product and a plain 3x3 convolution by
 * onnxruntime on the same threads, the fastest run of five. A share of that says how much the networks leave unused.
 */
export async function measurePeak(threads: number): Promise<number> {
  let best = 0;
  for (const plain of PLAIN) best = Math.max(best, await measure(plain, threads));
  return best;
}

async function measure({ shape, multiplyAdds, run }: Plain, threads: number): Promise<number> {
  const stage: Stage = {
    name: 'plain',
    networks: [],
    inputs: [{ name: 'x', shape, perPicture: false }],
    run: (ops, _, { x }) => ({ y: run(ops, x!) }),
  };
  const engine = await chooseEngine({ engine: 'cpu', threads });
  const subject = { name: 'plain', gmac: 0, stages: [{ stage, outputs: ['y'] }], weights: {} };
  const runner = await createRunner(engine, subject);
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    fastest = Math.min(fastest, quietTime(await timed(runner.run), threads));
  }
  await runner.dispose();
  await engine.dispose();
  return (2 * multiplyAdds) / fastest / 1e6;
}
