import { type AreaFollowing, BY_FEWER_MAP_TILES, BY_MAP_TILES } from '../tiles/painted-area.ts';
import { FLOAT_NUMBERS, type Numbers } from './numbers.ts';

/** How kernels are cut for a kind of device. */
export interface Tuning {
  /** `tile`: a workgroup takes a tile together (`levelShader`); `thread`: each thread takes a row (`threadShader`). */
  readonly kernel: 'tile' | 'thread';
  /** Most workgroup memory of a workgroup, bytes; 16,384 is what every device grants. */
  readonly workgroupBytes: number;
  /** Most pixels of a tile: 8, 16, 32 or 64. */
  readonly tilePixels: number;
  /** Groups of four output channels that one thread takes. */
  readonly threadGroups: number;
  /** Take four pixels a thread, not eight, where that keeps more threads busy. */
  readonly spread: boolean;
  /** Threads come in multiples of this. */
  readonly subgroup: number;
  /** Most workgroups of a dispatch; each goes on until no tile is left. */
  readonly workgroups: number;
  /** How the painted tiles follow a character. */
  readonly following: AreaFollowing;
  /** What `tile` kernels multiply; the others know floats only. */
  readonly numbers: Numbers;
}

/**
 * For GPUs. Tiles as large as 256 threads can take, since every tile reads all weights of the level; slices of at most
 * 16 kB, so that several workgroups share a core; 32 sums a thread (and 32 more while a slice waits), so that 8 to 16
 * subgroups of a core are under way and hide the loads.
 */
export const GPU_TUNING: Tuning = {
  kernel: 'tile',
  workgroupBytes: 16384,
  tilePixels: 64,
  threadGroups: 1,
  spread: true,
  subgroup: 32,
  workgroups: 65535,
  following: BY_MAP_TILES,
  numbers: FLOAT_NUMBERS,
};

/**
 * For adapters that a CPU emulates. There every subgroup of four clears all of its workgroup's memory first, store by
 * store, so the memory is small and the workgroups are few; loads cost ten times a multiply-add, so threads take more.
 */
export const SOFTWARE_TUNING: Tuning = {
  kernel: 'tile',
  workgroupBytes: 4096,
  tilePixels: 16,
  threadGroups: 2,
  spread: false,
  subgroup: 4,
  workgroups: 16,
  following: BY_FEWER_MAP_TILES,
  numbers: FLOAT_NUMBERS,
};

/** For those of them that have subgroups of four. The tile is eight by eight pixels whatever the widths. */
export const SUBGROUP_TUNING: Tuning = {
  ...SOFTWARE_TUNING,
  kernel: 'thread',
  tilePixels: 64,
  threadGroups: 8,
  workgroups: 64,
};
