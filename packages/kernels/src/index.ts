export { Arena } from './arena.ts';
export { bestVariant, type KernelVariant } from './best-variant.ts';
export { isX86 } from './is-x86.ts';
export {
  type Kernels,
  loadKernels,
  MAXIMUM_PAGES,
  ROW_BYTES,
  ROW_FLOATS,
  ROW16_BYTES,
} from './load-kernels.ts';
export { type PackedDense, packDense } from './pack-dense.ts';
export { type PackedDense16, type PackedSum16, packDense16, packSum16 } from './pack-dense-16.ts';
