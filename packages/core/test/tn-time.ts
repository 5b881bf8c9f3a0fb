import { pytorchShape, THA4_NETWORKS } from '@tha4/core';
import { recordNetwork } from '@tha4/core/onnx';
import { syntheticWeights } from '@tha4/test-utils';
import { InferenceSession, Tensor } from 'onnxruntime-node';

const only = process.argv.slice(2);
for (const network of THA4_NETWORKS) {
  if (only.length && !only.includes(network.name)) continue;
  const w = syntheticWeights(
    network.namespace,
    [...network.spec].map(([k, s]) => [k, pytorchShape(s)] as const),
  );
  let t = performance.now();
  const model = recordNetwork(network, w as never);
  const rec = performance.now() - t;
  t = performance.now();
  const session = await InferenceSession.create(model, {
    intraOpNumThreads: 1,
    enableProfiling: !!process.env.PROF,
  } as never);
  const load = performance.now() - t;
  const feeds = Object.fromEntries(
    network.inputs.map(({ name, shape }) => {
      const dims = shape.length === 3 ? [1, shape[2]!, shape[0]!, shape[1]!] : [1, ...shape];
      const n = dims.reduce((a, b) => a * b, 1);
      return [
        name,
        new Tensor(
          'float32',
          Float32Array.from({ length: n }, (_, i) => Math.sin(i) * 0.3),
          dims,
        ),
      ];
    }),
  );
  const cpu: number[] = [];
  for (let i = 0; i < 3; i++) {
    const c = process.cpuUsage();
    await session.run(feeds);
    const d = process.cpuUsage(c);
    cpu.push((d.user + d.system) / 1e6);
  }
  console.log(
    network.name,
    'record',
    rec.toFixed(0),
    'load',
    load.toFixed(0),
    'cpu s',
    cpu.map((x) => x.toFixed(2)).join(' '),
  );
  if (process.env.PROF) session.endProfiling();
  await session.release();
}
