declare module 'gifenc' {
  type Palette = number[][];
  function quantize(rgba: Uint8ClampedArray | Uint8Array, maxColours: number): Palette;
  function applyPalette(rgba: Uint8ClampedArray | Uint8Array, palette: Palette): Uint8Array;
  function GIFEncoder(): {
    writeFrame(
      index: Uint8Array,
      width: number,
      height: number,
      options: {
        readonly palette: Palette;
        readonly transparent: boolean;
        readonly transparentIndex: number;
        /** Milliseconds. */
        readonly delay: number;
        /** 2: the frame is cleared before the next one. */
        readonly dispose: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
