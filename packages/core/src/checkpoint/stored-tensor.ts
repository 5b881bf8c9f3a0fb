/** Element types of a weight file, in safetensors' names. */
export type StoredDtype = 'F64' | 'F32' | 'F16' | 'BF16' | 'I64' | 'I32' | 'I16' | 'I8' | 'U8' | 'BOOL';

/** One tensor as it lies in a file: contiguous row-major little-endian bytes, no backend involved. */
export interface StoredTensor {
  readonly dtype: StoredDtype;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** Key -> tensor, in the file's order and (for PyTorch files) in PyTorch's names and layout. */
export type Checkpoint = ReadonlyMap<string, StoredTensor>;

/** A float32 tensor in this project's layout (NHWC images, dense weights `[in, out]`). */
export interface FloatTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** Key -> shape of every tensor that a network of some config owns, in this project's layout. */
export type Spec = ReadonlyMap<string, readonly number[]>;

/** Key -> float32 tensor, matching a `Spec`. */
export type Weights = ReadonlyMap<string, FloatTensor>;
