import { zlibSync } from 'fflate';
import { crc32 } from '../src/checkpoint/crc32.ts';

/** A PNG to be written sample by sample, so that every form that a decoder may meet can be made. */
export interface PngPlan {
  readonly width: number;
  readonly height: number;
  readonly depth: number;
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly interlaced?: boolean;
  /** Row-major, channels innermost. */
  readonly samples: ArrayLike<number>;
  readonly palette?: Uint8Array;
  readonly transparency?: Uint8Array;
  /** Filter of the n-th scanline. */
  readonly filter?: (line: number) => number;
}

export const CHANNELS = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 } as const;

/** Pass 1 to 7 of a pixel, from the picture of the 8x8 block in the PNG specification. */
function passOf(x: number, y: number): number {
  if (y % 2 === 1) return 7;
  if (x % 2 === 1) return 6;
  if (y % 4 === 2) return 5;
  if (x % 4 === 2) return 4;
  if (y % 8 === 4) return 3;
  return x % 8 === 4 ? 2 : 1;
}

export function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(body, 8);
  view.setUint32(body.length + 8, crc32(bytes.subarray(4, body.length + 8)));
  return bytes;
}

export function header(width: number, height: number, depth: number, colour: number, interlace = 0): Uint8Array {
  const bytes = new Uint8Array(13);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  bytes.set([depth, colour, 0, 0, interlace], 8);
  return chunk('IHDR', bytes);
}

export function joinPng(chunks: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...chunks.flatMap((part) => [...part])]);
}

export function buildPng(plan: PngPlan): Uint8Array {
  const data = zlibSync(scanlines(plan));
  const half = data.length >> 1;
  return joinPng([
    header(plan.width, plan.height, plan.depth, plan.colour, plan.interlaced ? 1 : 0),
    chunk('teXt', new Uint8Array(3)),
    ...(plan.palette ? [chunk('PLTE', plan.palette)] : []),
    ...(plan.transparency ? [chunk('tRNS', plan.transparency)] : []),
    chunk('IDAT', data.subarray(0, half)),
    chunk('IDAT', data.subarray(half)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** The filtered scanlines of all passes. */
export function scanlines(plan: PngPlan): Uint8Array {
  const bytes: number[] = [];
  const pixelBytes = Math.max(1, (CHANNELS[plan.colour] * plan.depth) / 8);
  let count = 0;
  for (const pass of plan.interlaced ? [1, 2, 3, 4, 5, 6, 7] : [0]) {
    let above: number[] | null = null;
    for (let y = 0; y < plan.height; y++) {
      const columns = Array.from({ length: plan.width }, (_, x) => x).filter(
        (x) => pass === 0 || passOf(x, y) === pass,
      );
      if (columns.length === 0) continue;
      const line = packLine(plan, y, columns);
      const filter = plan.filter?.(count++) ?? 0;
      bytes.push(filter, ...filterLine(line, above ?? line.map(() => 0), filter, pixelBytes));
      above = line;
    }
  }
  return Uint8Array.from(bytes);
}

function packLine({ width, depth, colour, samples }: PngPlan, y: number, columns: number[]): number[] {
  const channels = CHANNELS[colour];
  const bits = columns
    .flatMap((x) => Array.from({ length: channels }, (_, c) => samples[(y * width + x) * channels + c]!))
    .map((sample) => sample.toString(2).padStart(depth, '0'))
    .join('');
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, '0'), 2));
}

function filterLine(line: number[], above: number[], filter: number, pixelBytes: number): number[] {
  return line.map((value, i) => {
    const left = line[i - pixelBytes] ?? 0;
    const up = above[i]!;
    const upLeft = above[i - pixelBytes] ?? 0;
    const nearest = [left, up, upLeft].reduce((best, candidate) => {
      const off = (v: number) => Math.abs(left + up - upLeft - v);
      return off(candidate) < off(best) ? candidate : best;
    });
    const predicted = [0, left, up, Math.floor((left + up) / 2), nearest][filter]!;
    return (value - predicted) & 0xff;
  });
}
