import { ImageError, type RgbaImage } from '@tha4/core';
import sharp, { type Metadata } from 'sharp';
import { readBytes } from './read-file.ts';

/** A picture of any format, decoded. */
export interface ReadPicture {
  /** 8-bit sRGB with straight alpha, turned upright as its file says. */
  readonly image: RgbaImage;
  /** Name of the format, e.g. `jpeg`. */
  readonly format: string;
  /** What was done to it on the way in, in plain words. */
  readonly notes: readonly string[];
}

/** Pixels of the largest picture that is decoded: a quarter of a gigabyte. */
export const MAX_PIXELS = 64_000_000;
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Reads a picture: PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG. Its claimed size is checked before anything is decoded.
 *
 * @throws {FileError | ImageError}
 */
export async function readPicture(path: string): Promise<ReadPicture> {
  const bytes = await readBytes(path, MAX_BYTES);
  if (bytes.length === 0) throw new ImageError(`${path}: expected a picture, got an empty file; check the name`);
  const options = { failOn: 'error', limitInputPixels: MAX_PIXELS, pages: 1 } as const;
  const info = await inPlainWords(path, () => sharp(bytes, { ...options, limitInputPixels: false }).metadata());
  const [width, height] = [info.width, info.pageHeight ?? info.height];
  if (width * height > MAX_PIXELS) {
    throw new ImageError(
      `${path}: expected at most ${MAX_PIXELS / 1e6} million pixels, got ${width}x${height}; make it smaller, 2000 pixels a side are plenty`,
    );
  }
  const { data, info: decoded } = await inPlainWords(path, () =>
    sharp(bytes, options)
      .autoOrient()
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  const image = {
    width: decoded.width,
    height: decoded.height,
    data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength),
  };
  return { image, format: info.format ?? 'unknown', notes: notesOf(info) };
}

function notesOf({ pages = 1, orientation = 1, space, depth, format }: Metadata): string[] {
  const notes: string[] = [];
  if (pages > 1) notes.push(`Took the first of ${pages} ${format === 'tiff' ? 'pages' : 'frames'}.`);
  if (orientation > 1) notes.push("Turned the picture upright, as the camera's note in it says.");
  if (space === 'cmyk') notes.push('Turned printing colours (CMYK) into sRGB.');
  if (depth === 'ushort' || depth === 'float') notes.push('Reduced the colours to 8 bits.');
  return notes;
}

async function inPlainWords<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reason = String((cause as Error).message).split('\n')[0]!;
    if (/unsupported image format/i.test(reason)) {
      const text = `${path}: expected a picture (PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG), got a file of another kind, or a badly damaged one`;
      throw new ImageError(text, { cause });
    }
    throw new ImageError(
      `${path}: expected a whole picture, got a damaged one (${reason}); open it in a drawing program and save it again`,
      { cause },
    );
  }
}
