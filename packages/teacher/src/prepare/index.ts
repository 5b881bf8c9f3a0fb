export { type FaceBoxes, type FaceMask, findFaceMask, maskCoverage, maskImage } from './face-mask.ts';
