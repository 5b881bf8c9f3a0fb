import { assertClose, describeShared, readShared, readSharedJson } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../src/checkpoint/safetensors.ts';
import { decodePng } from '../src/image/png.ts';
import type { RgbaImage } from '../src/image/rgba-image.ts';
import { linearToSrgb, srgbToLinear } from '../src/image/srgb.ts';
import { meanSquaredError } from '../src/metrics/mean-difference.ts';
import { psnr } from '../src/metrics/psnr.ts';
import { type PictureShape, ssim, ssimMap, ssimPerChannel } from '../src/metrics/ssim.ts';

// Measured: 2e-13 relative (the order of the sums).
const TOLERANCE = { atol: 1e-15, rtol: 1e-9 };

interface Metrics {
  readonly psnr_db: number | 'Infinity';
  readonly mse: number;
  readonly ssim_gaussian: number;
  readonly ssim_gaussian_per_channel: readonly number[];
}

interface MetricsFile {
  readonly rgb_pairs: readonly { name: string; a: string; b: string; metrics: Metrics }[];
  readonly ssim_map_means: { readonly gaussian: number };
  readonly rgba_frames: readonly { a: string; b: string; conventions: Readonly<Record<string, Metrics>> }[];
}

interface Picture {
  readonly shape: PictureShape;
  readonly data: Float64Array;
}

function measure(a: Picture, b: Picture, dataRange = 1): number[] {
  const perChannel = ssimPerChannel(a.data, b.data, a.shape, dataRange);
  return [
    psnr(a.data, b.data, dataRange),
    meanSquaredError(a.data, b.data),
    perChannel.reduce((sum, value) => sum + value, 0) / perChannel.length,
    ...perChannel,
  ];
}

function expected({ psnr_db, mse, ssim_gaussian, ssim_gaussian_per_channel }: Metrics): number[] {
  // An infinite PSNR is close to every number, so only the error that it comes from is compared then.
  return [Number(psnr_db), mse, ssim_gaussian, ...ssim_gaussian_per_channel];
}

/** Applies `pixel` to every pixel's R, G, B, A in [0, 1]; what it returns become the channels. */
function mapPixels({ width, height, data }: RgbaImage, pixel: (rgba: readonly number[]) => readonly number[]): Picture {
  const channels = pixel([0, 0, 0, 0]).length;
  const result = new Float64Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const rgba = [data[i * 4]! / 255, data[i * 4 + 1]! / 255, data[i * 4 + 2]! / 255, data[i * 4 + 3]! / 255];
    result.set(pixel(rgba), i * channels);
  }
  return { shape: [height, width, channels], data: result };
}

const rgb = ([r, g, b]: readonly number[]) => [r!, g!, b!];
const overWhite = ([r, g, b, a]: readonly number[]) =>
  [r!, g!, b!].map((v) => linearToSrgb(srgbToLinear(v) * a! + 1 - a!));
const premultiplied = ([r, g, b, a]: readonly number[]) => [...[r!, g!, b!].map((v) => srgbToLinear(v) * a!), a!];

function cropRows({ shape: [, width, channels], data }: Picture): Picture {
  const rows = Array.from({ length: 128 }, (_, row) =>
    data.subarray(((80 + row) * width + 192) * channels, ((80 + row) * width + 320) * channels),
  );
  return { shape: [128, 128, channels], data: Float64Array.from(rows.flatMap((row) => [...row])) };
}

const CONVENTIONS: Readonly<
  Record<string, { readonly dataRange: number; readonly picture: (image: RgbaImage) => Picture }>
> = {
  rgb_over_white_srgb: { dataRange: 1, picture: (image) => mapPixels(image, overWhite) },
  linear_premultiplied_rgba_0_1: { dataRange: 1, picture: (image) => mapPixels(image, premultiplied) },
  linear_premultiplied_rgba_pm1: {
    dataRange: 2,
    picture: (image) => mapPixels(image, (rgba) => premultiplied(rgba).map((v) => v * 2 - 1)),
  },
  straight_srgb_rgba_raw: { dataRange: 1, picture: (image) => mapPixels(image, (rgba) => rgba) },
  rgb_over_white_srgb_face_crop_80_208_192_320: {
    dataRange: 1,
    picture: (image) => cropRows(mapPixels(image, overWhite)),
  },
};

describeShared('metrics of scikit-image', () => {
  const golden = readSharedJson<MetricsFile>('golden/metrics/metrics.json');
  const load = (path: string) => decodePng(readShared(`golden/${path}`), path);

  it.each(golden.rgb_pairs.map((pair) => [pair.name, pair] as const))('agree on %s', (_, pair) => {
    const a = mapPixels(load(`metrics/${pair.a}`), rgb);
    const b = mapPixels(load(`metrics/${pair.b}`), rgb);
    assertClose(measure(a, b), expected(pair.metrics), TOLERANCE);
    b.data[b.data.length >> 1]! += 0.1;
    expect(() => assertClose(measure(a, b), expected(pair.metrics), TOLERANCE)).toThrow(/elements differ/);
  });

  describe.each(golden.rgba_frames.map((frame) => [`${frame.a} and ${frame.b}`, frame] as const))(
    'on %s',
    (_, frame) => {
      it.each(Object.entries(frame.conventions))('agree by %s', (name, metrics) => {
        const { picture, dataRange } = CONVENTIONS[name]!;
        const a = picture(load(frame.a));
        const b = picture(load(frame.b));
        assertClose(measure(a, b, dataRange), expected(metrics), TOLERANCE);
        b.data[Math.floor(b.data.length * 0.3)]! += 0.1;
        const nudged = meanSquaredError(a.data, b.data);
        expect(() => assertClose([nudged], [metrics.mse], TOLERANCE)).toThrow(/elements differ/);
      });
    },
  );

  it('agree on a whole SSIM map', () => {
    const path = 'golden/metrics/ssim_maps.safetensors';
    const { tensors } = readSafetensors(readShared(path), path);
    const [a, b, map] = ['a_hwc', 'b_hwc', 'ssim_gaussian_map_hwc'].map(
      (name) => new Float64Array(tensors.get(name)!.bytes.slice().buffer),
    ) as [Float64Array, Float64Array, Float64Array];
    const shape = [40, 48, 3] as const;
    for (let channel = 0; channel < 3; channel++) {
      const inner = Float64Array.from({ length: 30 * 38 }, (_, i) => {
        const [row, column] = [5 + Math.floor(i / 38), 5 + (i % 38)];
        return map[(row * 48 + column) * 3 + channel]!;
      });
      const got = ssimMap(a, b, shape, channel);
      assertClose(got, inner, TOLERANCE);
      got[77]! += 1e-8;
      expect(() => assertClose(got, inner, TOLERANCE)).toThrow(/elements differ/);
    }
    assertClose([ssim(a, b, shape)], [golden.ssim_map_means.gaussian], TOLERANCE);
  });
});
