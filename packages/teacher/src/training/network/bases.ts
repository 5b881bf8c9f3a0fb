import type { Arena } from '@tha4/kernels';
import type { Matrix, Parameters } from './parameters.ts';

/** One side of a matrix's gradients: `[size, size]` each, packed. */
export interface Side {
  readonly size: number;
  /** Mean of G G^T (or G^T G) over updates. */
  readonly statistics: number;
  /** Its eigenvectors, nearly, in columns; and in rows. */
  readonly basis: number;
  readonly rows: number;
}

/** A matrix that is updated in a basis of its own; pointers, in bytes. */
export interface BasedMatrix {
  readonly matrix: Matrix;
  /** Whether a sine follows. */
  readonly sine: boolean;
  /** Adam's moments in the basis, `[blocks][left.size][8]`. */
  readonly mean: number;
  readonly square: number;
  readonly left: Side;
  readonly right: Side;
}

/** What the optimiser knows of all matrices beside their weights; plain data. */
export interface Bases {
  /** The costliest first, so that no thread begins one of them last. */
  readonly matrices: readonly BasedMatrix[];
  /** All of it: pointer, and numbers. */
  readonly at: number;
  readonly count: number;
}

/** Pointers to what a thread needs to update any of the matrices. */
export interface BasisScratch {
  readonly gradient: number;
  readonly flipped: number;
  readonly product: number;
  /** A square as large as the largest side. */
  readonly square: number;
}

export function layOutBases(arena: Arena, parameters: Parameters): Bases {
  const found = parameters.levels.flatMap(({ entry, sines, exit }) => [entry.pose, entry.position, ...sines, exit]);
  const cost = (matrix: Matrix): number => {
    const { height, width } = sidesOf(matrix);
    return height * width * (height + width);
  };
  const sorted = [...found].sort((a, b) => cost(b) - cost(a) || a.offset - b.offset);
  const count = sorted.reduce((sum, matrix) => sum + numbersOf(matrix), 0);
  const at = arena.take(count * 4);
  let next = at;
  const take = (numbers: number): number => {
    next += numbers * 4;
    return next - numbers * 4;
  };
  const side = (size: number): Side => {
    const square = size * size;
    return { size, statistics: take(square), basis: take(square), rows: take(square) };
  };
  const matrices = sorted.map((matrix): BasedMatrix => {
    const { height, width } = sidesOf(matrix);
    return {
      matrix,
      sine: matrix.offset < parameters.sineCount,
      mean: take(height * width),
      square: take(height * width),
      left: side(height),
      right: side(width),
    };
  });
  return { matrices, at, count };
}

export function layOutBasisScratch(arena: Arena, { matrices }: Bases): BasisScratch {
  const largest = Math.max(...matrices.map(({ left, right }) => left.size * right.size));
  const longest = Math.max(...matrices.flatMap(({ left, right }) => [left.size, right.size]));
  return {
    gradient: arena.take(largest * 4),
    flipped: arena.take(largest * 4),
    product: arena.take(largest * 4),
    square: arena.take(longest ** 2 * 4),
  };
}

/** Begins with the basis that the weights have. */
export function resetBases(memory: WebAssembly.Memory, { matrices, at, count }: Bases): void {
  new Float32Array(memory.buffer, at, count).fill(0);
  for (const { size, basis, rows } of matrices.flatMap(({ left, right }) => [left, right])) {
    for (const pointer of [basis, rows]) {
      const square = new Float32Array(memory.buffer, pointer, size * size);
      for (let i = 0; i < size; i++) square[diagonal(size, i)] = 1;
    }
  }
}

/** Index of number (i, i) of a packed square. */
export function diagonal(size: number, i: number): number {
  return (i >> 3) * size * 8 + i * 8 + (i & 7);
}

/** Both sides in multiples of eight, as products want them. */
function sidesOf({ rows, blocks }: Matrix): { readonly height: number; readonly width: number } {
  return { height: Math.ceil(rows / 8) * 8, width: blocks * 8 };
}

function numbersOf(matrix: Matrix): number {
  const { height, width } = sidesOf(matrix);
  return 2 * height * width + 3 * (height * height + width * width);
}
