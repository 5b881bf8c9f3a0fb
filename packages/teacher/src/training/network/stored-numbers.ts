import type { Crop } from '@tha4/core';

/** 1 in 16-bit numbers: they go from -2 to 2. */
const ONE = 16384;

/** Writes numbers as frames are stored: float32, or 16 bit. */
export function storeNumbers(
  memory: WebAssembly.Memory,
  pointer: number,
  from: ArrayLike<number>,
  exact: boolean,
): void {
  if (exact) {
    new Float32Array(memory.buffer, pointer, from.length).set(from);
    return;
  }
  const to = new Int16Array(memory.buffer, pointer, from.length);
  for (let i = 0; i < from.length; i++) to[i] = Math.max(-32768, Math.min(32767, Math.round(from[i]! * ONE)));
}

/** Bytes of so many stored numbers. */
export function storedBytes(count: number, exact: boolean): number {
  return count * (exact ? 4 : 2);
}

/** Writes numbers `[height, width, channels]` to their place among those of a whole picture; the rest stays as it is. */
export function storeWindow(
  memory: WebAssembly.Memory,
  pointer: number,
  from: Float32Array,
  { top, left, height, width }: Crop,
  size: number,
  channels: number,
  exact: boolean,
): void {
  const line = width * channels;
  for (let row = 0; row < height; row++) {
    const target = pointer + storedBytes(((top + row) * size + left) * channels, exact);
    storeNumbers(memory, target, from.subarray(row * line, (row + 1) * line), exact);
  }
}
