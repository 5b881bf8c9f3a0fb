import type { Parameters } from '../network/parameters.ts';

/**
 * A patch of the body begins as `cells` x `cells` cells of the lowest level. Enlargement needs a cell on each side, so
 * the next level has exactly 2 (cells - 1) pixels a side for which everything is known, and so on. A patch may begin
 * one cell outside of the picture: what lies outside is a copy of the border, as the enlargement wants it.
 */
export interface PatchLevel {
  readonly size: number;
  /** Pixels a side. */
  readonly side: number;
}

/** Sizes of a patch at each level. @throws {RangeError} when `cells` is not a positive even number */
export function patchLevels({ levels }: Parameters, cells: number): PatchLevel[] {
  if (!Number.isInteger(cells) || cells < 2 || cells % 2 !== 0) {
    throw new RangeError(`body trainer: expected an even number of cells, at least 2, got ${cells}`);
  }
  let side = cells;
  return levels.map(({ size }, level) => {
    if (level > 0) side = 2 * (side - 1);
    return { size, side };
  });
}

/** First row (or column) of a patch at some level, from its first cell. */
export function patchStart(cell: number, level: number): number {
  let start = cell;
  for (let i = 0; i < level; i++) start = 2 * start + 1;
  return start;
}
