import { ImageError } from '../errors.ts';
import { PNG_COLOURS, type PngHeader, type PngParts } from './png-chunks.ts';

/** One of Adam7's seven sub-pictures, or the whole picture: every `stepX`-th pixel from `x` on, and so for rows. */
interface Pass {
  readonly x: number;
  readonly y: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** How many bytes of filtered scanlines a picture of this header has. */
export function scanlineBytes(header: PngHeader): number {
  return passesOf(header).reduce((total, pass) => {
    const { rows, lineBytes } = passSize(pass, header);
    return total + (lineBytes === 0 ? 0 : rows * (lineBytes + 1));
  }, 0);
}

/**
 * Filtered scanlines -> 8-bit RGBA with straight alpha. 16-bit samples are rounded to the nearest byte
 * (Pillow, which the original reads with, drops the low byte instead: at most one step darker).
 *
 * @param scanlines `scanlineBytes(header)` bytes; overwritten
 * @throws {ImageError} for an unknown filter or a palette index without a colour
 * Source: PNG specification, third edition, sections 7 to 9 and 13.12.
 */
export function scanlinesToRgba(scanlines: Uint8Array, parts: PngParts, where: string): Uint8Array<ArrayBuffer> {
  const { header } = parts;
  const { width, height, depth, colour } = header;
  const { channels } = PNG_COLOURS[colour];
  const rgba = new Uint8Array(width * height * 4);
  const samples = new Uint16Array(width * channels);
  const toRgba = pixelWriter(parts, where);
  const pixelBytes = Math.max(1, (channels * depth) >> 3);
  let at = 0;
  for (const pass of passesOf(header)) {
    const { columns, rows, lineBytes } = passSize(pass, header);
    if (lineBytes === 0) continue;
    let previous: Uint8Array | null = null;
    for (let row = 0; row < rows; row++, at += lineBytes + 1) {
      const line = scanlines.subarray(at + 1, at + 1 + lineBytes);
      unfilter(scanlines[at]!, line, previous, pixelBytes, where);
      previous = line;
      unpack(line, depth, samples, columns * channels);
      let to = ((pass.y + row * pass.stepY) * width + pass.x) * 4;
      for (let column = 0; column < columns; column++, to += pass.stepX * 4) {
        toRgba(samples, column * channels, rgba, to);
      }
    }
  }
  return rgba;
}

const WHOLE: readonly Pass[] = [{ x: 0, y: 0, stepX: 1, stepY: 1 }];

const ADAM7: readonly Pass[] = [
  { x: 0, y: 0, stepX: 8, stepY: 8 },
  { x: 4, y: 0, stepX: 8, stepY: 8 },
  { x: 0, y: 4, stepX: 4, stepY: 8 },
  { x: 2, y: 0, stepX: 4, stepY: 4 },
  { x: 0, y: 2, stepX: 2, stepY: 4 },
  { x: 1, y: 0, stepX: 2, stepY: 2 },
  { x: 0, y: 1, stepX: 1, stepY: 2 },
];

function passesOf(header: PngHeader): readonly Pass[] {
  return header.interlaced ? ADAM7 : WHOLE;
}

function passSize(pass: Pass, { width, height, depth, colour }: PngHeader) {
  const columns = Math.max(0, Math.ceil((width - pass.x) / pass.stepX));
  const rows = Math.max(0, Math.ceil((height - pass.y) / pass.stepY));
  return { columns, rows, lineBytes: Math.ceil((columns * depth * PNG_COLOURS[colour].channels) / 8) };
}

/** Undoes one scanline's filter in place; `previous` is the line above in the same pass, already undone. */
function unfilter(filter: number, line: Uint8Array, previous: Uint8Array | null, step: number, where: string): void {
  if (filter > 4) {
    throw new ImageError(`${where}: expected a PNG filter from 0 to 4, got ${filter}; save the picture again`);
  }
  if (filter === 0) return;
  for (let i = 0; i < line.length; i++) {
    const left = i < step ? 0 : line[i - step]!;
    const up = previous === null ? 0 : previous[i]!;
    if (filter === 1) line[i]! += left;
    else if (filter === 2) line[i]! += up;
    else if (filter === 3) line[i]! += (left + up) >> 1;
    else line[i]! += paeth(left, up, i < step || previous === null ? 0 : previous[i - step]!);
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}

/** Spreads a line's packed samples, most significant bit first, over one number each. */
function unpack(line: Uint8Array, depth: number, samples: Uint16Array, count: number): void {
  if (depth === 8) samples.set(line);
  else if (depth === 16) for (let i = 0; i < count; i++) samples[i] = (line[2 * i]! << 8) | line[2 * i + 1]!;
  else {
    const perByte = 8 / depth;
    for (let i = 0; i < count; i++) {
      const shift = 8 - depth * ((i % perByte) + 1);
      samples[i] = (line[(i / perByte) | 0]! >> shift) & ((1 << depth) - 1);
    }
  }
}

type PixelWriter = (samples: Uint16Array, from: number, rgba: Uint8Array, to: number) => void;

function pixelWriter({ header, palette, transparency }: PngParts, where: string): PixelWriter {
  const { colour, depth } = header;
  if (palette !== null) return paletteWriter(palette, transparency, where);
  const scale = 255 / (2 ** depth - 1);
  const colours = colour === 2 || colour === 6 ? 3 : 1;
  const hasAlpha = colour === 4 || colour === 6;
  const key = transparency && Array.from({ length: colours }, (_, i) => bigEndian16(transparency, i));
  return (samples, from, rgba, to) => {
    rgba[to] = (samples[from]! * scale + 0.5) | 0;
    rgba[to + 1] = colours === 3 ? (samples[from + 1]! * scale + 0.5) | 0 : rgba[to]!;
    rgba[to + 2] = colours === 3 ? (samples[from + 2]! * scale + 0.5) | 0 : rgba[to]!;
    if (hasAlpha) rgba[to + 3] = (samples[from + colours]! * scale + 0.5) | 0;
    else rgba[to + 3] = key?.every((sample, i) => sample === samples[from + i]) ? 0 : 255;
  };
}

function paletteWriter(palette: Uint8Array, alphas: Uint8Array | null, where: string): PixelWriter {
  const colours = palette.length / 3;
  return (samples, from, rgba, to) => {
    const index = samples[from]!;
    if (index >= colours) {
      throw new ImageError(
        `${where}: expected one of ${colours} palette colours, got ${index}; save the picture again`,
      );
    }
    rgba[to] = palette[index * 3]!;
    rgba[to + 1] = palette[index * 3 + 1]!;
    rgba[to + 2] = palette[index * 3 + 2]!;
    rgba[to + 3] = alphas?.[index] ?? 255;
  };
}

function bigEndian16(bytes: Uint8Array, index: number): number {
  return (bytes[index * 2]! << 8) | bytes[index * 2 + 1]!;
}
