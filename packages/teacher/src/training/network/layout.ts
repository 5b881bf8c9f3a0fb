import { type Arena, ROW_BYTES } from '@tha4/kernels';
import { type Bases, type BasisScratch, layOutBases, layOutBasisScratch } from './bases.ts';
import type { Parameters } from './parameters.ts';

/**
 * A batch is always cut into this many shards, each summed in order into gradients of its own, and the shards are
 * summed in order: so the result does not depend on how many threads there are.
 */
export const SHARDS = 8;

/** How gradients become steps: Adam as PyTorch has it, or Adam in the eigenbasis of each matrix's gradients; see `soap.ts`. */
export type Optimiser = 'adam' | 'soap';

/** Where a network that is being trained lies in memory: pointers, in bytes. Plain data, the same for all threads. */
export interface NetworkLayout {
  readonly parameters: Parameters;
  /** Flat arrays of `parameters.count` float32. */
  readonly weights: number;
  readonly mean: number;
  readonly square: number;
  readonly average: number;
  /** The weights as the kernels take them: times 30 / pi where a sine follows. */
  readonly forward: number;
  /** `SHARDS` of them, `gradientBytes` apart. */
  readonly gradients: number;
  readonly gradientBytes: number;
  readonly transposed: number;
  /** Zeros, as many as the widest layer's biases. */
  readonly zeros: number;
  /** Where matrices are updated in bases of their own (SOAP). */
  readonly bases: Bases | null;
}

/** Rows of one level that a thread works in. */
export interface LevelScratch {
  readonly positions: number;
  /** Per sine layer: its values, and its slopes, which become gradients on the way back. */
  readonly values: readonly number[];
  readonly slopes: readonly number[];
  /** What the level hands on. */
  readonly exit: number;
  readonly exitGradient: number;
  /** One row for each group of rows that share a pose. */
  readonly poseTerm: number;
  readonly poseGradient: number;
}

/** Everything that one thread works in. */
export interface Scratch {
  /** Rows of poses. */
  readonly poses: number;
  readonly levels: readonly LevelScratch[];
  readonly bases: BasisScratch | null;
}

export function layOutNetwork(arena: Arena, parameters: Parameters, optimiser: Optimiser): NetworkLayout {
  const flat = (): number => arena.take(parameters.count * 4);
  const gradientBytes = Math.ceil((parameters.count * 4) / 64) * 64;
  const widest = Math.max(...parameters.levels.map(({ entry }) => entry.pose.blocks));
  return {
    parameters,
    weights: flat(),
    mean: flat(),
    square: flat(),
    average: flat(),
    forward: flat(),
    gradients: arena.take(gradientBytes * SHARDS),
    gradientBytes,
    transposed: arena.take(parameters.transposedCount * 4),
    zeros: arena.take(widest * 32),
    bases: optimiser === 'soap' ? layOutBases(arena, parameters) : null,
  };
}

/** How much a thread has at once. */
export interface ScratchExtent {
  /** Rows of each level. */
  readonly rows: readonly number[];
  /** Poses. */
  readonly groups: number;
}

export function layOutScratch(
  arena: Arena,
  { parameters: { levels }, bases }: NetworkLayout,
  { rows, groups }: ScratchExtent,
): Scratch {
  const take = (count: number): number => arena.take(Math.ceil(count / 4) * 4 * ROW_BYTES);
  return {
    poses: take(groups),
    bases: bases === null ? null : layOutBasisScratch(arena, bases),
    levels: levels.map(({ sines }, level) => {
      const count = rows[level]!;
      const layers = Array.from({ length: sines.length + 1 });
      return {
        positions: take(count),
        values: layers.map(() => take(count)),
        slopes: layers.map(() => take(count)),
        exit: take(count),
        exitGradient: take(count),
        poseTerm: take(groups),
        poseGradient: take(groups),
      };
    }),
  };
}
