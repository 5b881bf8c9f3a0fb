import { assertClose } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.ts';
import { imageToModel, modelToImage } from './model-image.ts';
import { linearToSrgb, linearToSrgbByte, srgbToLinear } from './srgb.ts';
import { SRGB_BYTE_TO_LINEAR } from './srgb-table.ts';

const BYTES = Array.from({ length: 256 }, (_, byte) => byte);

describe('the sRGB curves', () => {
  it('have their known points, and clip', () => {
    assertClose([0, 0.04045, 0.5, 1].map(srgbToLinear), [0, 0.04045 / 12.92, 0.21404114048223255, 1], { atol: 1e-15 });
    assertClose([0.0031308, 0.18, 1].map(linearToSrgb), [0.040449936, 0.46135612950044, 1], { atol: 1e-12 });
    expect([-1, 2].map(srgbToLinear)).toEqual([0, 1]);
    assertClose([-1, 2].map(linearToSrgb), [0, 1], { atol: 2e-16 });
  });

  it('are each the inverse of the other, for values and for bytes', () => {
    const values = BYTES.map((byte) => byte / 255);
    assertClose(values.map(srgbToLinear).map(linearToSrgb), values, { atol: 1e-7 });
    expect(values.map(srgbToLinear).map(linearToSrgbByte)).toEqual(BYTES);
    expect([...SRGB_BYTE_TO_LINEAR].map(linearToSrgbByte)).toEqual(BYTES);
  });

  it('encode to bytes as the formula with rounding does', () => {
    for (let i = 0; i <= 30_000; i++) {
      const value = i / 30_000;
      expect(linearToSrgbByte(value)).toBe(Math.round(linearToSrgb(value) * 255));
    }
    expect([-1, -0, Number.NaN, 2, Number.POSITIVE_INFINITY, 1 - 2 ** -53].map(linearToSrgbByte)).toEqual([
      0, 0, 0, 255, 255, 255,
    ]);
  });

  it('have a table near the formula', () => {
    assertClose(
      SRGB_BYTE_TO_LINEAR,
      BYTES.map((byte) => srgbToLinear(byte / 255)),
      { atol: 0, rtol: 4e-7 },
    );
  });
});

describe('imageToModel', () => {
  it('multiplies alpha in linear light and scales to [-1, 1]', () => {
    const data = Uint8Array.of(255, 188, 0, 255, 255, 188, 0, 128);
    const half = 128 / 255;
    const g = srgbToLinear(188 / 255);
    const want = [1, 2 * g - 1, -1, 1, 2 * half - 1, 2 * g * half - 1, -1, 2 * half - 1];
    assertClose(imageToModel({ width: 2, height: 1, data }), want, { atol: 3e-7 });
  });

  it('leaves no trace of colour under alpha 0', () => {
    expect([...imageToModel({ width: 1, height: 1, data: Uint8Array.of(9, 200, 255, 0) })]).toEqual([-1, -1, -1, -1]);
  });

  it('refuses data that does not fit', () => {
    const call = () => imageToModel({ width: 2, height: 2, data: new Uint8Array(12) });
    expect(call).toThrow(new ShapeError('imageToModel', [2, 2, 4], [12]));
  });
});

describe('modelToImage', () => {
  it('gives every opaque and every visible colour back', () => {
    for (const alpha of [255, 128, 17]) {
      const data = Uint8Array.from({ length: 256 * 4 }, (_, i) => (i % 4 === 3 ? alpha : (i >> 2) ^ (i % 4)));
      const image = { width: 16, height: 16, data };
      expect([...modelToImage(imageToModel(image), 16, 16).data]).toEqual([...data]);
    }
  });

  it('clips what lies outside, and makes NaN nothing', () => {
    const { data } = modelToImage(
      Float32Array.of(3, -3, 0, 3, 1, 1, 1, -3, Number.NaN, 1, 1, 1, 1, 1, 1, Number.NaN),
      4,
      1,
    );
    expect([...data]).toEqual([255, 0, 188, 255, 0, 0, 0, 0, 0, 255, 255, 255, 0, 0, 0, 0]);
  });

  it('has no colour where alpha is below 1e-5', () => {
    const { data } = modelToImage(Float32Array.of(-0.5, -0.5, -0.5, -1 + 1.8e-5, -0.5, -0.5, -0.5, -1 + 2.2e-5), 2, 1);
    expect([...data]).toEqual([0, 0, 0, 0, 255, 255, 255, 0]);
  });

  it('refuses a tensor that does not fit', () => {
    expect(() => modelToImage(new Float32Array(8), 2, 2)).toThrow(new ShapeError('modelToImage', [2, 2, 4], [8]));
    expect(() => modelToImage(new Float32Array(0), 0, 2)).toThrow(/positive integers, got 0x2/);
  });
});
