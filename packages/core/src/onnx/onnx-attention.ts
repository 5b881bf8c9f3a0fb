import type { Recorded, Recorder } from './recorder.ts';

/** See `InferenceOps.attention`. Query and key are each scaled by the fourth root, as the original does. */
export function onnxAttention(
  { toValue, node, graph, scalar }: Recorder,
  query: Recorded,
  key: Recorded,
  value: Recorded,
  heads: number,
): Recorded {
  const [n, h, w, c] = query.shape as [number, number, number, number];
  const pixels = h * w;
  const size = c / heads;
  const split = [n, heads, size, pixels];
  const turned = [n, heads, pixels, size];
  const one = (type: string, inputs: Parameters<typeof graph.node>[1], dims: number[], attributes = {}) =>
    graph.node(type, inputs, [dims], attributes)[0]!;
  const perHead = (x: Recorded) => one('Reshape', [toValue(x), graph.constant(split, [4])], split);
  const scaled = (x: Recorded) => one('Mul', [perHead(x), scalar(size ** -0.25)], split);
  const transposed = (x: ReturnType<typeof one>) => one('Transpose', [x], turned, { perm: [0, 1, 3, 2] });

  const scores = one('MatMul', [transposed(scaled(query)), scaled(key)], [n, heads, pixels, pixels]);
  const shares = one('Softmax', [scores], [n, heads, pixels, pixels], { axis: 3 });
  const mixed = one('MatMul', [shares, transposed(perHead(value))], turned);
  const back = one('Transpose', [mixed], split, { perm: [0, 1, 3, 2] });
  return node('Reshape', [back, graph.constant([n, c, h, w], [4])], query.shape);
}
