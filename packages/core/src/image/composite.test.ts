import { assertClose } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../errors.ts';
import { compositeOver } from './composite.ts';
import { imageToModel } from './model-image.ts';
import { premultipliedSrgb } from './premultiplied.ts';
import { linearToSrgb, srgbToLinear } from './srgb.ts';

const image = { width: 3, height: 1, data: Uint8Array.of(10, 20, 30, 255, 10, 20, 30, 0, 0, 255, 99, 128) };

describe('compositeOver', () => {
  it('mixes in linear light', () => {
    const { data } = compositeOver(image, [255, 0, 99]);
    // Half of white over black is 188 in linear light, 128 if sRGB values were mixed.
    expect([...data]).toEqual([10, 20, 30, 255, 255, 0, 99, 255, 187, 188, 99, 255]);
  });

  it('refuses data that does not fit', () => {
    expect(() => compositeOver({ ...image, width: 2 }, [0, 0, 0])).toThrow(ShapeError);
  });
});

describe('premultipliedSrgb', () => {
  it('keeps opaque colours, hides those under alpha 0, and dims the rest in linear light', () => {
    const dim = (byte: number) => linearToSrgb(srgbToLinear(byte / 255) * (128 / 255));
    const want = [10 / 255, 20 / 255, 30 / 255, 1, 0, 0, 0, 0, 0, dim(255), dim(99), 128 / 255];
    assertClose(premultipliedSrgb(image), want, { atol: 6e-8 });
  });

  it('is the encoded model tensor', () => {
    const data = Uint8Array.from({ length: 64 * 64 * 4 }, (_, i) => (i * 2654435761) >>> 24);
    const random = { width: 64, height: 64, data };
    const want = imageToModel(random).map((v, i) => (i % 4 === 3 ? (v + 1) / 2 : linearToSrgb((v + 1) / 2)));
    assertClose(premultipliedSrgb(random), want, { atol: 3e-6 });
  });
});
