import { CheckpointError } from '../errors.ts';
import { fromPytorchFloats, pytorchShape, toPytorchLayout } from './dense-layout.ts';
import { DTYPE_BYTES, fromFloat32, toFloat32 } from './dtype.ts';
import type { Checkpoint, FloatTensor, Spec, StoredTensor, Weights } from './stored-tensor.ts';

/** How many keys of one kind an error message lists. */
const MAX_LISTED = 8;

/**
 * Turns a checkpoint into the weights of a network: all keys and shapes are checked before anything is converted, then
 * values become float32 and convolutions move from PyTorch's layout into ours.
 *
 * @param checkpoint in PyTorch's names and layout
 * @param spec key -> shape in our layout (`[in, out]` for a 1x1 convolution that the file has as `[out, in, 1, 1]`,
 *   `[1, in, out]` for a linear layer that it has as `[out, in]`)
 * @param where names the file in errors
 * @returns in the spec's order
 * @throws CheckpointError listing every missing, unexpected and misshapen key; or naming the first NaN or infinity
 */
export function weightsFromCheckpoint(checkpoint: Checkpoint, spec: Spec, where: string): Weights {
  const weights = new Map<string, FloatTensor>();
  for (const [key, shape, data] of checkedFloats(checkpoint, spec, where)) {
    weights.set(key, { shape: [...shape], data: fromPytorchFloats(data, shape) });
  }
  return weights;
}

/**
 * The same checks, and the numbers where they lie: for executors that want PyTorch's layout.
 *
 * @yields key, shape in our layout, numbers in PyTorch's layout, in the spec's order
 * @throws CheckpointError as `weightsFromCheckpoint`
 */
export function* checkedFloats(
  checkpoint: Checkpoint,
  spec: Spec,
  where: string,
): Generator<readonly [key: string, shape: readonly number[], data: Float32Array]> {
  checkKeysAndShapes(checkpoint, spec, where);
  for (const [key, shape] of spec) {
    const data = toFloat32(checkpoint.get(key)!, `${where}: '${key}'`);
    const bad = firstNonFinite(data);
    if (bad >= 0) {
      throw new CheckpointError(
        `${where}: '${key}': expected finite numbers, got ${data[bad]} at index ${bad}; did training diverge?`,
        [key],
      );
    }
    yield [key, shape, data];
  }
}

/**
 * The inverse of `weightsFromCheckpoint`: float32 stays bit-identical, float16 is rounded to nearest even.
 *
 * @returns in PyTorch's names and layout
 * @throws CheckpointError where a weight is too large for float16
 */
export function checkpointFromWeights(weights: Weights, dtype: 'F32' | 'F16'): Checkpoint {
  const checkpoint = new Map<string, StoredTensor>();
  for (const [key, { shape, data }] of weights) {
    const tensor = fromFloat32(data, shape, dtype);
    if (dtype === 'F16') checkRange(key, data, toFloat32(tensor, key));
    const bytes = toPytorchLayout(tensor.bytes, DTYPE_BYTES[dtype], shape);
    checkpoint.set(key, { dtype, shape: pytorchShape(shape), bytes });
  }
  return checkpoint;
}

function checkKeysAndShapes(checkpoint: Checkpoint, spec: Spec, where: string): void {
  const missing = [...spec.keys()].filter((key) => !checkpoint.has(key));
  const unexpected = [...checkpoint.keys()].filter((key) => !spec.has(key));
  const misshapen: string[] = [];
  const shapes: string[] = [];
  for (const [key, shape] of spec) {
    const got = checkpoint.get(key)?.shape;
    const want = pytorchShape(shape);
    if (got === undefined || (got.length === want.length && got.every((size, axis) => size === want[axis]))) continue;
    misshapen.push(key);
    shapes.push(`'${key}' expected [${want.join(', ')}], got [${got.join(', ')}]`);
  }
  const keys = [...missing, ...unexpected, ...misshapen];
  if (keys.length === 0) return;
  const problems = [
    list('missing', missing.map(quote)),
    list('unexpected', unexpected.map(quote)),
    list('misshapen', shapes),
  ].filter((text) => text !== '');
  throw new CheckpointError(
    `${where}: expected the tensors of this network, got ${problems.join('; ')}; is it the weights of another network?`,
    keys,
  );
}

function list(kind: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const rest = items.length - MAX_LISTED;
  return `${items.length} ${kind} (${items.slice(0, MAX_LISTED).join(', ')}${rest > 0 ? `, and ${rest} more` : ''})`;
}

function checkRange(key: string, before: Float32Array, after: Float32Array): void {
  const bad = after.findIndex((value, i) => !Number.isFinite(value) && Number.isFinite(before[i]));
  if (bad < 0) return;
  throw new CheckpointError(
    `checkpointFromWeights: '${key}': expected magnitudes below 65520 for F16, got ${before[bad]} at index ${bad}; write F32`,
    [key],
  );
}

/** A plain loop: with a callback per element, this check would take most of the time of loading a teacher. */
function firstNonFinite(data: Float32Array): number {
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i])) return i;
  return -1;
}

function quote(key: string): string {
  return `'${key}'`;
}
