import { CheckpointError } from '../errors.ts';
import { pytorchShape, toPytorchLayout } from './dense-layout.ts';
import { byteSize, DTYPE_BYTES } from './dtype.ts';
import type { Checkpoint, StoredDtype, StoredTensor } from './stored-tensor.ts';
import { concatBytes } from './zip.ts';

/** One line of a weights manifest. */
interface ManifestWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: StoredDtype;
}

/** Weights that lie one after the other in the joined bytes of their shards. */
interface ManifestGroup {
  readonly paths: readonly string[];
  readonly weights: readonly ManifestWeight[];
}

/**
 * Reads the weights of a published TensorFlow.js layers model; its topology is not looked at.
 *
 * @param modelJson parsed `model.json` with a `weightsManifest`
 * @param shards bytes of the manifest's `paths`, in their order over all groups
 * @param where names the model in errors
 * @returns under PyTorch's names and layout: `x/kernel [height, width, in, out]` becomes `x.weight [out, in, height,
 *   width]`, `x/bias` becomes `x.bias`
 * @throws CheckpointError where the manifest is not of this form, the shards do not fit it, or weights are quantised to
 *   integers
 */
export function readTfjsLayers(modelJson: unknown, shards: readonly Uint8Array[], where: string): Checkpoint {
  const groups = readManifest(modelJson, where);
  const pathCount = groups.reduce((sum, { paths }) => sum + paths.length, 0);
  if (shards.length !== pathCount) {
    throw new CheckpointError(`${where}: expected ${pathCount} weight files (shards), got ${shards.length}`);
  }
  const checkpoint = new Map<string, StoredTensor>();
  let nextShard = 0;
  for (const { paths, weights } of groups) {
    readGroup(checkpoint, weights, shards.slice(nextShard, (nextShard += paths.length)), where, paths);
  }
  return checkpoint;
}

function readGroup(
  checkpoint: Map<string, StoredTensor>,
  weights: readonly ManifestWeight[],
  shards: readonly Uint8Array[],
  where: string,
  paths: readonly string[],
): void {
  const expected = weights.reduce((sum, { dtype, shape }) => sum + byteSize(dtype, shape), 0);
  const actual = shards.reduce((sum, { length }) => sum + length, 0);
  if (expected !== actual) {
    throw new CheckpointError(
      `${where}: expected ${expected} bytes in ${paths.join(' + ')}, got ${actual}; is it cut off?`,
    );
  }
  const bytes = shards.length === 1 ? shards[0]! : concatBytes(shards);
  let position = 0;
  for (const { name, shape, dtype } of weights) {
    const data = bytes.subarray(position, (position += byteSize(dtype, shape)));
    const [, layer, kind] = /^(.+)\/(kernel|bias)$/.exec(name) ?? [];
    if (layer === undefined || shape.length !== (kind === 'kernel' ? 4 : 1)) {
      throw new CheckpointError(
        `${where}: expected weights 'layer/kernel' of 4 axes and 'layer/bias' of 1, got '${name}' [${shape.join(', ')}]`,
        [name],
      );
    }
    const key = `${layer}.${kind === 'kernel' ? 'weight' : 'bias'}`;
    if (checkpoint.has(key)) throw new CheckpointError(`${where}: expected one weight '${name}', got several`, [name]);
    checkpoint.set(key, {
      dtype,
      shape: pytorchShape(shape),
      bytes: kind === 'kernel' ? toPytorchLayout(data, DTYPE_BYTES[dtype], shape) : data,
    });
  }
}

function readManifest(modelJson: unknown, where: string): ManifestGroup[] {
  const manifest = isRecord(modelJson) ? modelJson.weightsManifest : undefined;
  if (!Array.isArray(manifest)) {
    throw new CheckpointError(`${where}: expected a TensorFlow.js model with a 'weightsManifest' list, got none`);
  }
  return manifest.map((group: unknown, index) => {
    const place = `${where}: weightsManifest[${index}]`;
    if (!isRecord(group) || !Array.isArray(group.paths) || !Array.isArray(group.weights)) {
      throw new CheckpointError(`${place}: expected lists 'paths' and 'weights', got something else`);
    }
    if (!group.paths.every((path) => typeof path === 'string')) {
      throw new CheckpointError(`${place}: expected file names in 'paths', got something else`);
    }
    return { paths: group.paths, weights: group.weights.map((weight) => readWeight(weight, place)) };
  });
}

function readWeight(weight: unknown, place: string): ManifestWeight {
  if (!isRecord(weight) || typeof weight.name !== 'string') {
    throw new CheckpointError(`${place}: expected weights with a name, got something else`);
  }
  const { name, shape, dtype, quantization } = weight;
  if (!Array.isArray(shape) || !shape.every((size) => Number.isSafeInteger(size) && size >= 0)) {
    throw new CheckpointError(`${place}: '${name}': expected a shape of whole numbers, got something else`, [name]);
  }
  if (dtype !== 'float32') {
    throw new CheckpointError(`${place}: '${name}': expected dtype float32, got ${JSON.stringify(dtype)}`, [name]);
  }
  if (quantization === undefined) return { name, shape, dtype: 'F32' };
  // 16-bit floats are stored as they are; the integer forms would need a scale and lose too much for these networks.
  if (isRecord(quantization) && quantization.dtype === 'float16') return { name, shape, dtype: 'F16' };
  throw new CheckpointError(
    `${place}: '${name}': expected float32 or float16 weights, got integer quantisation; convert the model without it`,
    [name],
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
