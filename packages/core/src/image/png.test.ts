import { seededRandom } from '@tha4/test-utils';
import { decode } from 'fast-png';
import { zlibSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { buildPng, CHANNELS, chunk, header, joinPng, type PngPlan, scanlines } from '../../test/build-png.ts';
import { ImageError, Tha4Error } from '../errors.ts';
import { decodePng, encodePng } from './png.ts';

const FORMS = [
  ...[1, 2, 4, 8, 16].map((depth) => [0, depth] as const),
  ...[8, 16].map((depth) => [2, depth] as const),
  ...[1, 2, 4, 8].map((depth) => [3, depth] as const),
  ...[8, 16].map((depth) => [4, depth] as const),
  ...[8, 16].map((depth) => [6, depth] as const),
].flatMap(([colour, depth]) => [false, true].map((interlaced) => [colour, depth, interlaced] as const));

/** A picture of random samples; `transparent` adds a tRNS chunk where the colour type allows one. */
function plan(seed: number, [colour, depth, interlaced]: (typeof FORMS)[number], transparent = false): PngPlan {
  const next = seededRandom(seed);
  const [width, height] = [1 + (next() % 13), 1 + (next() % 11)];
  const samples = Array.from({ length: width * height * CHANNELS[colour] }, () => next() % 2 ** depth);
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => next());
  const first = samples.slice(0, CHANNELS[colour]).flatMap((sample) => [sample >> 8, sample & 0xff]);
  return {
    ...{ width, height, depth, colour, interlaced, samples, filter: (line: number) => (line + seed) % 5 },
    ...(colour === 3 ? { palette: bytes(3 * 2 ** depth) } : {}),
    ...(transparent && colour === 3 ? { transparency: bytes(2 ** depth - 1) } : {}),
    ...(transparent && (colour === 0 || colour === 2) ? { transparency: Uint8Array.from(first) } : {}),
  };
}

/** What the specification says about the plan's pixels, one by one. */
function expectedRgba({ width, height, depth, colour, samples, palette, transparency }: PngPlan): number[] {
  const channels = CHANNELS[colour];
  return Array.from({ length: width * height }, (_, i) => {
    const pixel = Array.from({ length: channels }, (_, c) => samples[i * channels + c]!);
    const [a, b, c, d] = pixel.map((sample) => Math.floor((sample * 255) / (2 ** depth - 1) + 0.5)) as number[];
    const clear = transparency && pixel.flatMap((s) => [s >> 8, s & 0xff]).join() === [...transparency].join();
    if (colour === 3) return [...palette!.subarray(pixel[0]! * 3, pixel[0]! * 3 + 3), transparency?.[pixel[0]!] ?? 255];
    if (colour === 0) return [a!, a!, a!, clear ? 0 : 255];
    if (colour === 2) return [a!, b!, c!, clear ? 0 : 255];
    return colour === 4 ? [a!, a!, a!, b!] : [a!, b!, c!, d!];
  }).flat();
}

describe('decodePng', () => {
  it.each(FORMS)('reads colour type %i, %i bits, interlaced %s', (...form) => {
    for (let seed = 0; seed < 12; seed++) {
      for (const transparent of [false, true]) {
        const made = plan(seed, form, transparent);
        const image = decodePng(buildPng(made), 'test');
        expect([image.width, image.height]).toEqual([made.width, made.height]);
        expect([...image.data]).toEqual(expectedRgba(made));
        expect(image.hasAlpha).toBe(made.colour >= 4 || made.transparency !== undefined);
      }
    }
  });

  it('agrees with the other decoder on what that one reads', () => {
    for (const form of FORMS.filter(([colour, depth]) => colour === 6 && depth === 8)) {
      for (let seed = 0; seed < 12; seed++) {
        const bytes = buildPng(plan(seed, form));
        expect([...decodePng(bytes, 'test').data]).toEqual([...decode(bytes, { checkCrc: true }).data]);
      }
    }
  });

  it('reads a view into a larger buffer', () => {
    const bytes = buildPng(plan(1, [6, 8, false]));
    const larger = new Uint8Array(bytes.length + 9);
    larger.set(bytes, 5);
    expect(decodePng(larger.subarray(5, 5 + bytes.length), 'test')).toEqual(decodePng(bytes, 'test'));
  });

  const end = chunk('IEND', new Uint8Array(0));
  const idat = (bytes: Uint8Array) => chunk('IDAT', zlibSync(bytes));
  const sound = buildPng(plan(1, [6, 8, false]));
  const wrongCrc = sound.slice();
  wrongCrc[20]! ^= 1;

  it.each([
    ['nothing', new Uint8Array(0), /^here: expected a PNG file, got an empty file; save the picture as PNG$/],
    ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), /got a JPEG file/],
    ['text', new TextEncoder().encode('<!doctype html>'), /got a file that starts with "<!doctyp"/],
    ['half a file', sound.subarray(0, sound.length >> 1), /the end of the file; it is cut short/],
    ['a flipped bit', wrongCrc, /checksum of chunk "IHDR" is wrong/],
    ['a large side', joinPng([header(4097, 1, 8, 6), end]), /expected 1 to 4096 pixels a side, got 4097x1; scale/],
    ['no side', joinPng([header(0, 1, 8, 6), end]), /got 0x1/],
    ['an unknown form', joinPng([header(1, 1, 4, 6), end]), /colour type 6 with 4 bits a sample does not exist/],
    ['no header', joinPng([end]), /expected the chunk IHDR first, got "IEND"/],
    ['two headers', joinPng([header(1, 1, 8, 6), header(1, 1, 8, 6), end]), /"IHDR" is unknown or out of place/],
    ['no pixels', joinPng([header(4096, 4096, 8, 6), end]), /expected 67112960 bytes of pixel data, got only 0/],
    ['few pixels', joinPng([header(2, 2, 8, 6), idat(new Uint8Array(17)), end]), /expected 18 bytes .* got 17/],
    ['a bad filter', joinPng([header(1, 1, 8, 6), idat(Uint8Array.of(5, 1, 2, 3, 4)), end]), /from 0 to 4, got 5/],
    ['no zlib', joinPng([header(1, 1, 8, 6), chunk('IDAT', Uint8Array.of(1, 2, 3, 4, 5, 6)), end]), /does not inflate/],
    ['no palette', joinPng([header(1, 1, 8, 3), idat(new Uint8Array(2)), end]), /chunk PLTE of a palette picture/],
    [
      'an index past the palette',
      joinPng([header(1, 1, 8, 3), chunk('PLTE', new Uint8Array(3)), idat(Uint8Array.of(0, 1)), end]),
      /expected one of 1 palette colours, got 1/,
    ],
    [
      'alpha twice',
      joinPng([header(1, 1, 8, 6), chunk('tRNS', new Uint8Array(2)), idat(new Uint8Array(5)), end]),
      /a tRNS chunk of 2 bytes does not fit colour type RGB with alpha/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodePng(bytes, 'here')).toThrow(ImageError);
    expect(() => decodePng(bytes, 'here')).toThrow(message);
  });

  it('leaves a deflate bomb at the size that the header promises', () => {
    const bomb = zlibSync(new Uint8Array(20_000_000), { level: 9 });
    const image = decodePng(joinPng([header(2, 2, 8, 6), chunk('IDAT', bomb), end]), 'test');
    expect([...image.data]).toEqual(Array(16).fill(0));
  });

  it('gives up on garbage behind a stream that has ended', () => {
    const data = new Uint8Array(3_000_000).fill(0xa5);
    data.set(zlibSync(new Uint8Array(9)));
    const bytes = Buffer.concat([joinPng([header(1000, 1000, 8, 6)]), chunk('IDAT', data), end]);
    expect(() => decodePng(bytes, 'test')).toThrow(/got 9; the picture is cut short/);
  });

  it('gives a picture or an ImageError for any damaged file', () => {
    const next = seededRandom(7);
    const below = (n: number) => next() % n;
    let decoded = 0;
    for (let i = 0; i < 10_500; i++) {
      const bytes = mutated(plan(i, FORMS[i % FORMS.length]!, i % 3 === 0), below);
      try {
        const { width, height, data } = decodePng(bytes, 'test');
        expect(data.length).toBe(width * height * 4);
        decoded++;
      } catch (error) {
        if (!(error instanceof Tha4Error)) throw new Error(`not our error in case ${i}`, { cause: error });
      }
    }
    expect(decoded).toBeGreaterThan(1000);
    expect(decoded).toBeLessThan(9500);
  });
});

/** A third of the files is damaged as bytes, the rest below the checksums, where a decoder is hit harder. */
function mutated(made: PngPlan, below: (n: number) => number): Uint8Array {
  const damage = (bytes: Uint8Array) => {
    const copy = bytes.slice(0, below(8) === 0 ? below(bytes.length + 1) : bytes.length);
    for (let n = below(4); n > 0 && copy.length > 0; n--) copy[below(copy.length)] = below(256);
    return copy;
  };
  const kind = below(3);
  if (kind === 0) return damage(buildPng(made));
  const lines = scanlines(made);
  const data = kind === 1 ? damage(zlibSync(lines)) : zlibSync(damage(lines));
  const head = header(made.width, made.height, made.depth, made.colour, made.interlaced ? 1 : 0);
  if (below(8) === 0) head[8 + below(13)] = below(below(2) === 0 ? 256 : 17);
  return joinPng([
    chunk('IHDR', head.subarray(8, 21)),
    ...(made.palette ? [chunk('PLTE', damage(made.palette))] : []),
    ...(made.transparency ? [chunk('tRNS', damage(made.transparency))] : []),
    chunk('IDAT', data),
    ...(below(9) === 0 ? [] : [chunk('IEND', new Uint8Array(0))]),
  ]);
}

describe('encodePng', () => {
  it('is read back exactly, and is the same bytes again', () => {
    const next = seededRandom(4);
    for (const [width, height] of [
      [1, 1],
      [7, 3],
      [64, 65],
    ] as const) {
      const data = Uint8ClampedArray.from({ length: width * height * 4 }, () => next() & 0xff);
      const png = encodePng({ width, height, data });
      expect(encodePng({ width, height, data })).toEqual(png);
      const back = decodePng(png, 'test');
      expect(back).toEqual({ width, height, data: new Uint8Array(data), hasAlpha: true });
    }
  });

  it('refuses a picture whose data does not fit its sizes', () => {
    expect(() => encodePng({ width: 2, height: 2, data: new Uint8Array(12) })).toThrow(
      'encodePng: expected shape [2, 2, 4], got [12]',
    );
    expect(() => encodePng({ width: 0, height: 2, data: new Uint8Array(0) })).toThrow(ImageError);
  });
});
