import {
  type Checkpoint,
  elementCount,
  fromFloat32,
  readPt,
  readSafetensors,
  type StoredDtype,
  toFloat32,
  writePt,
  writeSafetensors,
} from '@tha4/core';
import type { FileInput } from '../files/open-input.ts';

/** How many numbers a checkpoint holds, and of which types. */
export interface WeightCounts {
  readonly tensors: number;
  readonly parameters: number;
  readonly dtypes: readonly StoredDtype[];
}

/** Reads a single weight file of either format. @throws {CheckpointError} */
export function readWeights({ kind, bytes, path }: FileInput): Checkpoint {
  return kind === 'safetensors' ? readSafetensors(bytes, path).tensors : readPt(bytes, path);
}

/** Writes a single weight file of either format. */
export function writeWeights(checkpoint: Checkpoint, format: 'pt' | 'safetensors'): Uint8Array {
  return format === 'pt' ? writePt(checkpoint) : writeSafetensors(checkpoint, new Map([['format', 'pt']]));
}

/** The same tensors as another float type; integers stay as they are. @throws {CheckpointError} */
export function castWeights(checkpoint: Checkpoint, dtype: 'F32' | 'F16', where: string): Checkpoint {
  return new Map(
    [...checkpoint].map(([key, tensor]) => {
      if (tensor.dtype === dtype || !FLOATS.has(tensor.dtype)) return [key, tensor];
      return [key, fromFloat32(toFloat32(tensor, `${where}: '${key}'`), tensor.shape, dtype)];
    }),
  );
}

/** Counts a checkpoint. */
export function countWeights(checkpoint: Checkpoint): WeightCounts {
  const tensors = [...checkpoint.values()];
  return {
    tensors: tensors.length,
    parameters: tensors.reduce((sum, { shape }) => sum + elementCount(shape), 0),
    dtypes: [...new Set(tensors.map(({ dtype }) => dtype))],
  };
}

const FLOATS: ReadonlySet<StoredDtype> = new Set(['F64', 'F32', 'F16', 'BF16']);
