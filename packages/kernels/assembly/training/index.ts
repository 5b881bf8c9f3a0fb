export { layer } from '../layer';
export { adam, transpose } from './adam';
export { backLayer, biasGradient, weightGradient } from './backward';
export { enlargeAdjoint, enlargeForward } from './enlarge';
export { faceLoss } from './face-loss';
export { bodyLoss, setPicture } from './body-loss';
export { layerSine, positionRows } from './forward';
export { flip, multiply } from './multiply';
export { adamDirection, gatherGradient, moveWeights, orthonormalise } from './soap';
