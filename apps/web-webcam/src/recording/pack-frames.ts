import { encodePng, type RgbaImage, writeZip } from '@tha4/core';
import { applyPalette, GIFEncoder, quantize } from 'gifenc';

/** Puts frames into one file, one after the other. */
export interface FramePacker {
  add(frame: RgbaImage): void;
  finish(): Uint8Array;
}

/** Formats that frames are packed into after they were painted. */
export type PackedFormat = 'gif' | 'png';

/** GIF counts hundredths of a second, so 25 is the fastest rate below 30 that it can keep. */
export const FRAME_RATES: Readonly<Record<PackedFormat, number>> = { gif: 25, png: 30 };

export function createPacker(format: PackedFormat): FramePacker {
  return format === 'gif' ? gifPacker(FRAME_RATES.gif) : pngPacker();
}

/** A zip with `frame_00000.png` and so on: every pixel and its alpha as it was painted. */
function pngPacker(): FramePacker {
  const files = new Map<string, Uint8Array>();
  return {
    add: (frame) => void files.set(`frame_${String(files.size).padStart(5, '0')}.png`, encodePng(frame)),
    finish: () => writeZip(files),
  };
}

/** Pixels of a smaller alpha are left out: in a GIF they are there or not. */
const LEAST_ALPHA = 128;
const TRANSPARENT = 255;

/** A GIF that repeats for ever: 255 colours a frame, and one for nothing. */
function gifPacker(fps: number): FramePacker {
  const gif = GIFEncoder();
  return {
    add: ({ width, height, data }) => {
      const palette = quantize(data, TRANSPARENT);
      while (palette.length <= TRANSPARENT) palette.push([0, 0, 0]);
      const index = applyPalette(data, palette.slice(0, TRANSPARENT));
      for (let i = 0; i < index.length; i++) if (data[i * 4 + 3]! < LEAST_ALPHA) index[i] = TRANSPARENT;
      gif.writeFrame(index, width, height, {
        palette,
        transparent: true,
        transparentIndex: TRANSPARENT,
        delay: 1000 / fps,
        dispose: 2,
      });
    },
    finish: () => {
      gif.finish();
      return gif.bytes();
    },
  };
}
