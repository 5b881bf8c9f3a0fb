/** A picture as files and screens hold it: 8-bit sRGB with straight alpha. */
export interface RgbaImage {
  readonly width: number;
  readonly height: number;
  /** `[height, width, 4]` row-major R, G, B, A bytes, alpha not multiplied in. */
  readonly data: Uint8Array | Uint8ClampedArray;
}
