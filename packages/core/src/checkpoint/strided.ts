/** How a tensor lies in a flat storage; `offset` and `strides` count elements. */
export interface StridedLayout {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/** Strides of a row-major tensor without gaps, elements. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** Whether the elements lie row-major without gaps; axes of size 1 may have any stride. */
export function isRowMajor({ shape, strides }: StridedLayout): boolean {
  const expected = rowMajorStrides(shape);
  return (
    shape.some((size) => size === 0) || shape.every((size, axis) => size === 1 || strides[axis] === expected[axis])
  );
}

/** Index of the first element behind the last one that the layout touches; 0 for an empty tensor. */
export function layoutEnd({ shape, strides, offset }: StridedLayout): number {
  if (shape.some((size) => size === 0)) return 0;
  return shape.reduce((end, size, axis) => end + (size - 1) * strides[axis]!, offset + 1);
}

/**
 * Copies a tensor out of its storage into row-major order, byte for byte.
 *
 * @param source the storage, which must hold `layoutEnd` elements
 * @param itemSize bytes of one element
 */
export function gather(source: Uint8Array, itemSize: number, layout: StridedLayout): Uint8Array {
  const { shape, strides, offset } = layout;
  const count = shape.reduce((product, size) => product * size, 1);
  const target = new Uint8Array(count * itemSize);
  const index = new Array<number>(shape.length).fill(0);
  let from = offset;
  for (let element = 0; element < count; element++) {
    for (let byte = 0; byte < itemSize; byte++) target[element * itemSize + byte] = source[from * itemSize + byte]!;
    // Count up like an odometer, the last axis fastest.
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return target;
}
