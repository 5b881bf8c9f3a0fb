export { enlarge, gather } from './fields';
export { layer } from './layer';
export { enlargeSine, positions, scatter, warpBlend } from './pixels';
