export { Arena } from './arena.ts';
export {
  bestVariant,
  type Kernels,
  type KernelVariant,
  loadKernels,
  MAXIMUM_PAGES,
  ROW_BYTES,
  ROW_FLOATS,
} from './load-kernels.ts';
export { type PackedDense, packDense } from './pack-dense.ts';
