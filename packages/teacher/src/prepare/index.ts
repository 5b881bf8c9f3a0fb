export { type FaceBoxes, type FaceMask, findFaceMask, maskCoverage, maskImage } from './face-mask.ts';
export { HEAD_BOX, type Head, type HeadBox, locateHead } from './locate-head.ts';
