import { crc32 } from '../checkpoint/crc32.ts';
import { concatBytes } from '../checkpoint/zip.ts';
import { ImageError } from '../errors.ts';

/** What a PNG says about itself before the first pixel. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits per sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  readonly colour: PngColour;
  readonly interlaced: boolean;
}

/** Colour type number of the PNG specification -> samples per pixel, and the depths it allows. */
export const PNG_COLOURS = {
  0: { name: 'grey', channels: 1, depths: [1, 2, 4, 8, 16] },
  2: { name: 'RGB', channels: 3, depths: [8, 16] },
  3: { name: 'palette', channels: 1, depths: [1, 2, 4, 8] },
  4: { name: 'grey with alpha', channels: 2, depths: [8, 16] },
  6: { name: 'RGB with alpha', channels: 4, depths: [8, 16] },
} as const;

export type PngColour = keyof typeof PNG_COLOURS;

/** The parts of a PNG that its pixels depend on, checked against each other. */
export interface PngParts {
  readonly header: PngHeader;
  /** R, G, B triples, or `null` for the colour types without a palette. */
  readonly palette: Uint8Array | null;
  /** The tRNS chunk: alphas of the first palette entries, or the one transparent colour as big-endian 16-bit samples. */
  readonly transparency: Uint8Array | null;
  /** The IDAT chunks joined: one zlib stream. */
  readonly compressed: Uint8Array;
}

/** Longest side of a picture that is read. */
export const MAX_PNG_SIDE = 4096;

/**
 * Splits a PNG into the parts that matter, checking signature, header, bounds and CRC of each before using it.
 * Ancillary chunks are passed over, colour profiles too: every picture is taken as sRGB, as the original does.
 *
 * @throws {ImageError}
 * Source: PNG specification, third edition, sections 5 and 11.
 */
export function readPngParts(bytes: Uint8Array, where: string): PngParts {
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte)) {
    throw new ImageError(`${where}: expected a PNG file, got ${describeStart(bytes)}; save the picture as PNG`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const data: Uint8Array[] = [];
  let header: PngHeader | null = null;
  let palette: Uint8Array | null = null;
  let transparency: Uint8Array | null = null;
  for (let at = SIGNATURE.length; ; ) {
    if (at + 12 > bytes.length || at + 12 + view.getUint32(at) > bytes.length) {
      throw new ImageError(
        `${where}: expected another PNG chunk at byte ${at}, got the end of the file; it is cut short`,
      );
    }
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (header === null && type !== 'IHDR') throw damaged(where, `expected the chunk IHDR first, got ${name(type)}`);
    if (isCritical(type) || type === 'tRNS') {
      const crc = crc32(bytes.subarray(at + 4, at + 8 + length));
      if (crc !== view.getUint32(at + 8 + length)) throw damaged(where, `the checksum of chunk ${name(type)} is wrong`);
    }
    at += 12 + length;
    if (type === 'IEND') break;
    else if (type === 'IHDR' && header === null) header = readHeader(body, where);
    else if (type === 'PLTE' && palette === null && data.length === 0) palette = body;
    else if (type === 'tRNS' && transparency === null && data.length === 0) transparency = body;
    else if (type === 'IDAT') data.push(body);
    else if (isCritical(type) || type === 'tRNS')
      throw damaged(where, `chunk ${name(type)} is unknown or out of place`);
  }
  if (header === null) throw damaged(where, 'the chunk IHDR is missing');
  checkPalette(header, palette, where);
  checkTransparency(header, palette, transparency, where);
  return { header, palette: header.colour === 3 ? palette : null, transparency, compressed: concatBytes(data) };
}

function readHeader(body: Uint8Array, where: string): PngHeader {
  if (body.length !== 13) throw damaged(where, `expected 13 bytes in chunk IHDR, got ${body.length}`);
  const view = new DataView(body.buffer, body.byteOffset);
  const width = view.getUint32(0);
  const height = view.getUint32(4);
  const [depth, colour, compression, filter, interlace] = body.subarray(8) as unknown as [number, ...number[]];
  if (width < 1 || height < 1 || width > MAX_PNG_SIDE || height > MAX_PNG_SIDE) {
    throw new ImageError(
      `${where}: expected 1 to ${MAX_PNG_SIDE} pixels a side, got ${width}x${height}; scale the picture down`,
    );
  }
  const known = colour !== undefined && colour in PNG_COLOURS;
  if (!known || !(PNG_COLOURS[colour as PngColour].depths as readonly number[]).includes(depth)) {
    throw damaged(where, `colour type ${colour} with ${depth} bits a sample does not exist`);
  }
  if (compression !== 0 || filter !== 0 || interlace === undefined || interlace > 1) {
    throw damaged(
      where,
      `compression ${compression}, filter method ${filter}, interlace method ${interlace} do not exist`,
    );
  }
  return { width, height, depth, colour: colour as PngColour, interlaced: interlace === 1 };
}

function checkPalette({ colour, depth }: PngHeader, palette: Uint8Array | null, where: string): void {
  if (colour !== 3) return;
  if (palette === null) throw damaged(where, 'the chunk PLTE of a palette picture is missing');
  if (palette.length % 3 !== 0 || palette.length === 0 || palette.length > 3 * 2 ** depth) {
    throw damaged(where, `expected a palette of 1 to ${2 ** depth} colours, got ${palette.length} bytes`);
  }
}

function checkTransparency(
  { colour }: PngHeader,
  palette: Uint8Array | null,
  transparency: Uint8Array | null,
  where: string,
): void {
  if (transparency === null) return;
  const { length } = transparency;
  const fits =
    colour === 0 ? length === 2 : colour === 2 ? length === 6 : colour === 3 && length * 3 <= (palette?.length ?? 0);
  if (!fits)
    throw damaged(where, `a tRNS chunk of ${length} bytes does not fit colour type ${PNG_COLOURS[colour].name}`);
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

function isCritical(type: string): boolean {
  return (type.charCodeAt(0) & 0x20) === 0;
}

/** A chunk's name for an error; whatever the four bytes are. */
function name(type: string): string {
  return JSON.stringify(type);
}

function damaged(where: string, what: string): ImageError {
  return new ImageError(`${where}: expected a sound PNG file, but ${what}; save the picture as PNG again`);
}

function describeStart(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return 'a JPEG file';
  const ascii = String.fromCharCode(...bytes.subarray(0, 12));
  if (ascii.startsWith('RIFF') && ascii.endsWith('WEBP')) return 'a WebP file';
  if (ascii.startsWith('GIF8')) return 'a GIF file';
  return `a file that starts with ${JSON.stringify(ascii.slice(0, 8))}`;
}
