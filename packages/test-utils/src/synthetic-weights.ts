/** A float32 tensor as it would lie in a checkpoint: little-endian, row-major, in PyTorch's layout. */
export interface SyntheticTensor {
  readonly dtype: 'F32';
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/**
 * The golden data's synthetic weights of a network, bit for bit. Source: the golden data's README, "Synthetic weights and
 * inputs".
 *
 * @param namespace e.g. `tha4/upscaler`
 * @param shapes key -> shape in PyTorch's layout
 */
export function syntheticWeights(
  namespace: string,
  shapes: Iterable<readonly [key: string, shape: readonly number[]]>,
): Map<string, SyntheticTensor> {
  return new Map([...shapes].map(([key, shape]) => [key, syntheticTensor(`${namespace}/${key}`, shape)]));
}

/** White noise: `scale u`, row-major. */
export function syntheticNoise(key: string, count: number, scale: number): Float32Array {
  return generate(key, count, (u) => scale * u);
}

function syntheticTensor(key: string, shape: readonly number[]): SyntheticTensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const data = generate(key, count, ruleOf(key, shape, count));
  // The flow channels of a U-Net's output are made small, so that pictures are not torn to pieces.
  if (/body\.last\.2\.(weight|bias)$/.test(key)) {
    const row = count / shape[0]!;
    const whole = generate(key, count, (u) => FLOW_SCALE * ruleOf(key, shape, count)(u));
    data.set(whole.subarray(4 * row, 6 * row), 4 * row);
  }
  return { dtype: 'F32', shape, bytes: new Uint8Array(data.buffer, data.byteOffset, data.byteLength) };
}

const FLOW_SCALE = 0.0625;
const FLOW_HEAD = /(morphed_eyebrow_layer_grid_change|iris_mouth_grid_change|grid_change_creator)\.weight$/;

function ruleOf(key: string, shape: readonly number[], count: number): (u: number) => number {
  if (shape.length === 1) return key.endsWith('.weight') ? (u) => 1 + 0.1 * u : (u) => 0.1 * u;
  const width = Math.sqrt(3 / (count / shape[0]!));
  if (FLOW_HEAD.test(key)) return (u) => u * width * FLOW_SCALE;
  return (u) => u * width;
}

/** As `hashUniform`, but without an array of doubles in between: a teacher has 164 million weights. */
function generate(key: string, count: number, value: (u: number) => number): Float32Array {
  let seed = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) seed = Math.imul(seed ^ byte, 0x01000193) >>> 0;
  const data = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    let x = (seed + Math.imul(i, 0x9e3779b9)) | 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    x = (x ^ (x >>> 16)) >>> 0;
    data[i] = value((x + 0.5) / 2147483648 - 1);
  }
  return data;
}
