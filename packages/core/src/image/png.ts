import { encode } from 'fast-png';
import { checkImage } from './check-image.ts';
import { inflateExactly } from './inflate-exactly.ts';
import { readPngParts } from './png-chunks.ts';
import { scanlineBytes, scanlinesToRgba } from './png-pixels.ts';
import type { RgbaImage } from './rgba-image.ts';

/** A decoded PNG: 8-bit sRGB with straight alpha, whatever the file held. */
export interface PngImage extends RgbaImage {
  /** Always opened afresh, never a view of the file. */
  readonly data: Uint8Array<ArrayBuffer>;
  /** Whether the file has an alpha channel or a transparent colour at all; a character's picture needs one. */
  readonly hasAlpha: boolean;
}

/**
 * Reads a PNG of any colour type, depth (1 to 16 bits) and interlacing. A stranger's file is safe: sizes are checked
 * before anything is allocated, and memory stays in proportion to the picture's size, at most 4096 pixels a side.
 *
 * The library that writes PNG files here cannot read them: it inflates without bound, and fails on interlaced pictures
 * of less than 8 bits.
 *
 * @param where names the file in errors
 * @throws {ImageError} when the bytes are not a sound PNG
 */
export function decodePng(bytes: Uint8Array, where: string): PngImage {
  const parts = readPngParts(bytes, where);
  const { width, height, colour } = parts.header;
  const scanlines = inflateExactly(parts.compressed, scanlineBytes(parts.header), where);
  const data = scanlinesToRgba(scanlines, parts, where);
  return { width, height, data, hasAlpha: colour === 4 || colour === 6 || parts.transparency !== null };
}

/** Writes a picture as an 8-bit RGBA PNG; the same picture gives the same bytes. @throws {ImageError | ShapeError} */
export function encodePng(image: RgbaImage): Uint8Array {
  checkImage(image, 'encodePng');
  return encode({ ...image, channels: 4, depth: 8 }, { zlib: { level: 6 } });
}
