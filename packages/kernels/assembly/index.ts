export { enlarge, gather } from './fields';
export { layer } from './layer';
export { layer16, sines16, sum16 } from './layer16';
export { enlargeSine, positions, scatter, warpBlend } from './pixels';
