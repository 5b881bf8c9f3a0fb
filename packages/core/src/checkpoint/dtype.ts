import { CheckpointError } from '../errors.ts';
import { float32BitsFromBfloat16, float32BitsFromHalf, halfFromFloat32Bits } from './half.ts';
import type { StoredDtype, StoredTensor } from './stored-tensor.ts';

/** Bytes of one element. */
export const DTYPE_BYTES: Readonly<Record<StoredDtype, number>> = {
  F64: 8,
  F32: 4,
  F16: 2,
  BF16: 2,
  I64: 8,
  I32: 4,
  I16: 2,
  I8: 1,
  U8: 1,
  BOOL: 1,
};

/** Product of the sizes; 1 for a scalar. Not a safe integer where the shape is absurd, so bound it before use. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** How many bytes a tensor of this type and shape takes. */
export function byteSize(dtype: StoredDtype, shape: readonly number[]): number {
  return DTYPE_BYTES[dtype] * elementCount(shape);
}

/**
 * The tensor's elements as a new float32 array: F32 bit for bit, F16 and BF16 exactly, F64 rounded to nearest.
 *
 * @param where names the file and key in the error
 * @throws CheckpointError for integer types, which no weight here has, and where the bytes do not fill the shape
 */
export function toFloat32(tensor: StoredTensor, where: string): Float32Array {
  const { dtype, shape, bytes } = tensor;
  const count = elementCount(shape);
  if (bytes.length !== byteSize(dtype, shape)) {
    throw new CheckpointError(
      `${where}: expected ${byteSize(dtype, shape)} bytes for ${dtype} [${shape.join(', ')}], got ${bytes.length}`,
    );
  }
  // A DataView reads at any offset and always little-endian; a typed array over the file's bytes does neither.
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data = new Float32Array(count);
  const bits = new Uint32Array(data.buffer);
  switch (dtype) {
    case 'F64':
      for (let i = 0; i < count; i++) data[i] = view.getFloat64(8 * i, true);
      return data;
    case 'F32':
      for (let i = 0; i < count; i++) bits[i] = view.getUint32(4 * i, true);
      return data;
    case 'F16':
      for (let i = 0; i < count; i++) bits[i] = float32BitsFromHalf(view.getUint16(2 * i, true));
      return data;
    case 'BF16':
      for (let i = 0; i < count; i++) bits[i] = float32BitsFromBfloat16(view.getUint16(2 * i, true));
      return data;
    default:
      throw new CheckpointError(`${where}: expected floating point numbers (F64, F32, F16 or BF16), got ${dtype}`);
  }
}

/**
 * Packs float32 numbers into a tensor's bytes: F32 bit for bit, F16 rounded to nearest even.
 *
 * @param data row-major, as many elements as `shape` has
 * @throws RangeError where the counts differ
 */
export function fromFloat32(data: Float32Array, shape: readonly number[], dtype: 'F32' | 'F16'): StoredTensor {
  const count = elementCount(shape);
  if (data.length !== count) {
    throw new RangeError(`fromFloat32: expected ${count} elements for [${shape.join(', ')}], got ${data.length}`);
  }
  const bytes = new Uint8Array(byteSize(dtype, shape));
  const view = new DataView(bytes.buffer);
  const bits = new Uint32Array(data.buffer, data.byteOffset, count);
  if (dtype === 'F32') for (let i = 0; i < count; i++) view.setUint32(4 * i, bits[i]!, true);
  else for (let i = 0; i < count; i++) view.setUint16(2 * i, halfFromFloat32Bits(bits[i]!), true);
  return { dtype, shape: [...shape], bytes };
}
