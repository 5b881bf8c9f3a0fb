export { type FaceBoxes, type FaceMask, findFaceMask, maskCoverage, maskImage } from './face-mask.ts';
export type { FaceFeatures, Point } from './find-features.ts';
export { type GivenMask, readGivenMask } from './given-mask.ts';
export { HEAD_BOX, type Head, type HeadBox, locateHead } from './locate-head.ts';
export { type PreparedPicture, type PrepareOptions, preparePicture } from './prepare-picture.ts';
export type { Box, Finding, PictureReport, Rule } from './report.ts';
export { type Placement, resample } from './resample.ts';
