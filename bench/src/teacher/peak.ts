import type { Stage } from '@tha4/core';
import { chooseEngine } from '@tha4/teacher/engines';
import { createRunner } from './runner.ts';
import { quietTime, timed } from './timed.ts';

const [SIDE, WIDTH] = [64, 1024];
const ROUNDS = 5;

/**
 * What a machine reaches at best, in GFLOP/s: a plain product of a 4096x1024 and a 1024x1024 matrix by onnxruntime on
 * the same threads, the fastest of five. A share of that says how much the networks leave unused.
 */
export async function measurePeak(threads: number): Promise<number> {
  const weight = Float32Array.from({ length: WIDTH * WIDTH }, (_, i) => Math.sin(i));
  const stage: Stage = {
    name: 'product',
    networks: [],
    inputs: [{ name: 'x', shape: [SIDE, SIDE, WIDTH], perPicture: false }],
    run: (ops, _, { x }) => ({ y: ops.dense(x!, ops.constant(weight, [WIDTH, WIDTH]), null) }),
  };
  const engine = await chooseEngine({ engine: 'cpu', threads });
  const runner = await createRunner(engine, {
    name: 'product',
    gmac: 0,
    stages: [{ stage, outputs: ['y'] }],
    weights: {},
  });
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    best = Math.min(best, quietTime(await timed(runner.run), threads));
  }
  await runner.dispose();
  return (2 * SIDE * SIDE * WIDTH * WIDTH) / best / 1e6;
}
