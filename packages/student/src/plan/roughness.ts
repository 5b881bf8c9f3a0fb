/**
 * Error from which on a pixel of quality `half` counts as rough: the estimate is of sRGB's order of magnitude times ten,
 * and the limit was chosen for at least 40 dB, most characters 45 (`docs/quality.md`).
 */
export const ROUGH_LIMIT = 0.2;

/** sRGB's slope at a linear value v is taken to be this by the root of v, and no steeper than at `DARKEST`. */
export const SRGB_SLOPE = 0.44;
export const DARKEST = 0.01;
