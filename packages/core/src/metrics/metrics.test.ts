import { assertClose, seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.ts';
import { imageQuality } from './image-quality.ts';
import { meanAbsoluteError, meanSquaredError } from './mean-difference.ts';
import { psnr, psnrOfError } from './psnr.ts';
import { SSIM_WINDOW, ssim, ssimMap } from './ssim.ts';

describe('mean differences and PSNR', () => {
  it('follow their formulas', () => {
    expect(meanAbsoluteError([0, 1, 2, -4], [1, 1, 0, 0])).toBe(7 / 4);
    expect(meanSquaredError([0, 1, 2, -4], [1, 1, 0, 0])).toBe(21 / 4);
    assertClose([psnr([0.5, 0.5], [0.6, 0.4])], [20], { atol: 1e-12 });
    assertClose([psnr([0.5, 0.5], [0.6, 0.4], 2)], [20 + 20 * Math.log10(2)], { atol: 1e-12 });
    expect(psnr([1, 2], [1, 2])).toBe(Number.POSITIVE_INFINITY);
    expect(psnrOfError(0.01)).toBe(20);
  });

  it('refuse arrays of different or no length', () => {
    expect(() => psnr([1, 2], [1])).toThrow(new ShapeError('meanSquaredError', [2], [1]));
    expect(() => meanAbsoluteError([1, 2], [1])).toThrow(ShapeError);
    expect(() => meanAbsoluteError([], [])).toThrow(/at least one number/);
  });
});

/** The definition: one window after the other, over both axes at once. */
function plainSsim(a: number[], b: number[], [height, width, channels]: [number, number, number], channel: number) {
  const weight = (d: number) => Math.exp(-(d * d) / 4.5);
  const map: number[] = [];
  for (let row = 5; row < height - 5; row++) {
    for (let column = 5; column < width - 5; column++) {
      let [sum, ma, mb, aa, bb, ab] = [0, 0, 0, 0, 0, 0];
      for (let dy = -5; dy <= 5; dy++) {
        for (let dx = -5; dx <= 5; dx++) {
          const w = weight(dx) * weight(dy);
          const x = a[((row + dy) * width + column + dx) * channels + channel]!;
          const y = b[((row + dy) * width + column + dx) * channels + channel]!;
          sum += w;
          ma += w * x;
          mb += w * y;
          aa += w * x * x;
          bb += w * y * y;
          ab += w * x * y;
        }
      }
      [ma, mb, aa, bb, ab] = [ma / sum, mb / sum, aa / sum, bb / sum, ab / sum];
      const covariance = ab - ma * mb;
      const variances = aa - ma * ma + bb - mb * mb;
      map.push(((2 * ma * mb + 1e-4) * (2 * covariance + 9e-4)) / ((ma * ma + mb * mb + 1e-4) * (variances + 9e-4)));
    }
  }
  return map;
}

describe('SSIM', () => {
  const shape: [number, number, number] = [14, 17, 2];
  const next = seededRandom(3);
  const random = () => Array.from({ length: 14 * 17 * 2 }, () => next() / 2 ** 32);
  const [a, b] = [random(), random()];

  it('equals its definition, channel by channel', () => {
    for (const channel of [0, 1]) {
      assertClose(ssimMap(a, b, shape, channel), plainSsim(a, b, shape, channel), { atol: 1e-12 });
    }
    const both = [...plainSsim(a, b, shape, 0), ...plainSsim(a, b, shape, 1)];
    assertClose([ssim(a, b, shape)], [both.reduce((x, y) => x + y, 0) / both.length], { atol: 1e-12 });
  });

  it('is symmetric, 1 for equal pictures, and scales with the data range', () => {
    expect(ssim(a, a, shape)).toBe(1);
    assertClose([ssim(b, a, shape)], [ssim(a, b, shape)], { atol: 1e-15 });
    const double = (picture: number[]) => picture.map((v) => 2 * v);
    assertClose([ssim(double(a), double(b), shape, 2)], [ssim(a, b, shape)], { atol: 1e-12 });
  });

  it('refuses a wrong shape and a picture smaller than its window', () => {
    expect(() => ssim(a, b, [14, 17, 3])).toThrow(ShapeError);
    expect(() => ssim(a, b.slice(1), shape)).toThrow(ShapeError);
    const small = new Float64Array(SSIM_WINDOW * (SSIM_WINDOW - 1));
    expect(() => ssim(small, small, [SSIM_WINDOW, SSIM_WINDOW - 1, 1])).toThrow(/smaller than its window/);
  });
});

describe('imageQuality', () => {
  const frame = (fill: (row: number, column: number) => readonly number[]) => {
    const data = new Uint8Array(512 * 512 * 4);
    for (let i = 0; i < 512 * 512; i++) data.set(fill(i >> 9, i & 511), i * 4);
    return { width: 512, height: 512, data };
  };
  const clear = frame(() => [0, 0, 0, 0]);

  it('does not see colour under alpha 0', () => {
    const { frame: whole, face } = imageQuality(
      clear,
      frame(() => [255, 9, 40, 0]),
    );
    expect([whole, face]).toEqual(Array(2).fill({ psnr: Number.POSITIVE_INFINITY, ssim: 1 }));
  });

  it('looks at the face crop alone, and at the whole frame', () => {
    const inFace = (row: number, column: number) => row >= 80 && row < 208 && column >= 192 && column < 320;
    const white = [255, 255, 255, 255];
    const faceOnly = imageQuality(
      clear,
      frame((row, column) => (inFace(row, column) ? white : [0, 0, 0, 0])),
    );
    assertClose([faceOnly.face.psnr, faceOnly.frame.psnr], [0, 10 * Math.log10(16)], { atol: 1e-9 });
    const elsewhere = imageQuality(
      clear,
      frame((row, column) => (inFace(row, column) ? [0, 0, 0, 0] : white)),
    );
    expect(elsewhere.face).toEqual({ psnr: Number.POSITIVE_INFINITY, ssim: 1 });
    assertClose([elsewhere.frame.psnr], [10 * Math.log10(16 / 15)], { atol: 1e-9 });
  });

  it('refuses frames of another size', () => {
    const small = { width: 4, height: 4, data: new Uint8Array(64) };
    expect(() => imageQuality(clear, small)).toThrow(new ShapeError('imageQuality', [512, 512], [4, 4]));
  });
});
