import { hashSeed, hashUniformAt } from './generator.ts';

/** Tensors whose values make a flow; they are a sixteenth as large, so that the flows stay realistic. */
const FLOW = /^(morphed_eyebrow_layer_grid_change|iris_mouth_grid_change|grid_change_creator)\.weight$/;
/** The U-Nets' last layer, of whose outputs two are the flow. */
const FLOW_ROWS = /^body\.last\.2\.(weight|bias)$/;
const FLOW_SCALE = 0.0625;

/**
 * A synthetic tensor of a teacher network, the same in every run and on every machine.
 *
 * @param namespace e.g. `tha4/upscaler`
 * @param key of the checkpoint
 * @param shape in PyTorch's layout
 * Source: the golden data's README, "Synthetic weights and inputs".
 */
export function syntheticTensor(namespace: string, key: string, shape: readonly number[]): Float32Array {
  const count = shape.reduce((product, size) => product * size, 1);
  const seed = hashSeed(`${namespace}/${key}`);
  const perRow = count / shape[0]!;
  const isNorm = shape.length === 1 && key.endsWith('.weight');
  const spread = shape.length > 1 ? Math.sqrt(3 / perRow) : 0.1;
  const data = new Float32Array(count);
  const whole = FLOW.test(key);
  const rows = FLOW_ROWS.test(key);
  for (let i = 0; i < count; i++) {
    const value = hashUniformAt(seed, i) * spread;
    const row = Math.floor(i / perRow);
    const scale = whole || (rows && (row === 4 || row === 5)) ? FLOW_SCALE : 1;
    data[i] = isNorm ? 1 + value : value * scale;
  }
  return data;
}
