export { l1Loss } from './l1-loss.ts';
export { tfjsOps } from './tfjs-ops.ts';
export { disposeParams, uploadWeights } from './weights.ts';
