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
export function gather(source: Uint8Array, itemSize: number, { shape, strides, offset }: StridedLayout): Uint8Array {
  const count = shape.reduce((product, size) => product * size, 1);
  const target = new Uint8Array(count * itemSize);
  if (count === 0) return target;
  // Whole words where the bytes allow it, which is several times as fast; integers, so that no bit pattern changes.
  const [from, into] = asWords(source, target, itemSize);
  const words = itemSize / into.BYTES_PER_ELEMENT;
  const outerShape = shape.slice(0, -1);
  const inner = shape.at(-1) ?? 1;
  const innerStride = (strides.at(-1) ?? 0) * words;
  const index = new Array<number>(outerShape.length).fill(0);
  let start = offset * words;
  for (let to = 0; to < into.length; ) {
    for (let i = 0, at = start; i < inner; i++, at += innerStride) {
      for (let word = 0; word < words; word++) into[to++] = from[at + word]!;
    }
    // Count the outer axes up like an odometer, the last of them fastest.
    for (let axis = outerShape.length - 1; axis >= 0; axis--) {
      const step = strides[axis]! * words;
      start += step;
      if (++index[axis]! < outerShape[axis]!) break;
      start -= step * outerShape[axis]!;
      index[axis] = 0;
    }
  }
  return target;
}

type Words = Uint8Array | Uint16Array | Uint32Array;

/** Views of both arrays in the widest unit that divides an element and begins where the source does. */
function asWords(source: Uint8Array, target: Uint8Array, itemSize: number): [from: Words, into: Words] {
  const size = [4, 2].find((bytes) => itemSize % bytes === 0 && source.byteOffset % bytes === 0) ?? 1;
  const view = ({ buffer, byteOffset, byteLength }: Uint8Array): Words => {
    if (size === 4) return new Uint32Array(buffer, byteOffset, Math.floor(byteLength / 4));
    if (size === 2) return new Uint16Array(buffer, byteOffset, Math.floor(byteLength / 2));
    return new Uint8Array(buffer, byteOffset, byteLength);
  };
  return [view(source), view(target)];
}
