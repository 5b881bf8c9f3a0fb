import { createHash } from 'node:crypto';
import { assertClose, describeShared, readShared, readSharedJson } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from '../src/checkpoint/safetensors.ts';
import { imageToModel, modelToImage } from '../src/image/model-image.ts';
import { decodePng } from '../src/image/png.ts';
import { linearToSrgb, linearToSrgbByte, srgbToLinear } from '../src/image/srgb.ts';
import { SRGB_BYTE_TO_LINEAR } from '../src/image/srgb-table.ts';

// Measured: 2.2e-16 absolute (another pow); the tables and whole pictures are equal bit for bit.
const CURVE = { atol: 4e-16, rtol: 4e-16 };
const EXACT = { atol: 0 };

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

type Golden = ReturnType<typeof readGolden>;

/** Named tensors of a golden file as plain numbers. */
function readGolden(path: string) {
  const { tensors } = readSafetensors(readShared(path), path);
  const arrays = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array } as const;
  return (
    name: string,
  ): { readonly shape: readonly number[]; readonly data: Float32Array | Float64Array | Int32Array | Uint8Array } => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`${path} has no '${name}'`);
    const data = new arrays[tensor.dtype as keyof typeof arrays](tensor.bytes.slice().buffer);
    return { shape: tensor.shape, data };
  };
}

/** `[h, w, c]` -> `[c, h, w]`, the order of the golden model tensors. */
function toChannelsFirst<T extends Float32Array | Uint8Array | Uint8ClampedArray>(data: T, channels: number): T {
  const pixels = data.length / channels;
  return data.map((_, i) => data[(i % pixels) * channels + Math.floor(i / pixels)]!) as T;
}

function toChannelsLast(data: ArrayLike<number>, channels: number): Float32Array {
  const pixels = data.length / channels;
  return Float32Array.from(data, (_, i) => data[(i % channels) * pixels + Math.floor(i / channels)]!);
}

function imageOf(golden: Golden, name: string) {
  const { shape, data } = golden(name);
  const [height, width] = shape as [number, number];
  return { width, height, data: data as Uint8Array };
}

describeShared('colour conversions', () => {
  const golden = readGolden('golden/color/conversions.safetensors');

  it('have the original byte table, bit for bit', () => {
    assertClose(SRGB_BYTE_TO_LINEAR, golden('srgb8_to_linear_f32').data, EXACT);
    const exact = golden('srgb8_to_linear_f64').data;
    assertClose(
      Float64Array.from(exact, (_, byte) => srgbToLinear(byte / 255)),
      exact,
      CURVE,
    );
  });

  it('follow both curves', () => {
    assertClose(Float64Array.from(golden('srgb_in_f64').data, srgbToLinear), golden('srgb_to_linear_f64').data, CURVE);
    assertClose(
      Float64Array.from(golden('linear_in_f64').data, linearToSrgb),
      golden('linear_to_srgb_f64').data,
      CURVE,
    );
  });

  it('encode to the right byte, also right beside each threshold', () => {
    const bytes = Array.from(golden('linear_in_f64').data, linearToSrgbByte);
    assertClose(bytes, golden('linear_to_srgb_byte').data, EXACT);
    golden('byte_threshold_linear_f64').data.forEach((threshold, byte) => {
      if (byte === 0) return;
      expect(linearToSrgbByte(threshold * (1 + 1e-14))).toBe(byte);
      expect(linearToSrgbByte(threshold * (1 - 1e-14))).toBe(byte - 1);
    });
  });

  it('take a picture into model space, bit for bit', () => {
    const model = imageToModel(imageOf(golden, 'premultiply_rgba8_hwc'));
    assertClose(toChannelsFirst(model, 4), golden('premultiply_model_chw').data, EXACT);
  });

  it('take an opaque picture to the same colours and alpha 1, where the original drops alpha', () => {
    const rgb = golden('opaque_rgb8_hwc').data;
    const pixels = rgb.length / 3;
    const data = Uint8Array.from({ length: pixels * 4 }, (_, i) => (i % 4 === 3 ? 255 : rgb[(i >> 2) * 3 + (i % 4)]!));
    const model = toChannelsFirst(imageToModel({ width: 16, height: 16, data }), 4);
    assertClose(model.subarray(0, pixels * 3), golden('opaque_model_chw').data, EXACT);
    assertClose(model.subarray(0, pixels * 3), golden('opaque_rgba_quirk_model_chw').data, EXACT);
    expect(model.subarray(pixels * 3).every((alpha) => alpha === 1)).toBe(true);
  });

  it('give the bytes of a model tensor with straight alpha', () => {
    const { data } = modelToImage(toChannelsLast(golden('model_to_bytes.model_chw').data, 4), 32, 24);
    assertClose(data, golden('model_to_bytes.straight_srgb_hwc').data, EXACT);
  });

  it('would fail on a nudged tensor, and on the conventions not taken', () => {
    const model = toChannelsLast(golden('model_to_bytes.model_chw').data, 4);
    const want = golden('model_to_bytes.straight_srgb_hwc').data;
    const nudged = model.map((value) => value + 2e-3);
    expect(() => assertClose(modelToImage(nudged, 32, 24).data, want, EXACT)).toThrow(/elements differ/);
    for (const other of ['premultiplied_srgb_hwc', 'straight_linear_hwc', 'desktop_app_hwc']) {
      const got = modelToImage(model, 32, 24).data;
      expect(() => assertClose(got, golden(`model_to_bytes.${other}`).data, EXACT), other).toThrow(/elements differ/);
    }
    const straight = golden('no_premultiply_model_chw').data;
    const premultiplied = toChannelsFirst(imageToModel(imageOf(golden, 'premultiply_rgba8_hwc')), 4);
    expect(() => assertClose(premultiplied, straight, EXACT)).toThrow(/elements differ/);
  });
});

interface CharacterGolden {
  readonly png_sha256: string;
  readonly rgba8_pixels_sha256: string;
  readonly model_tensor_f32_le_chw_sha256: string;
  readonly sum_f64: number;
}

describeShared('whole pictures', () => {
  const characters = readSharedJson<Record<string, CharacterGolden>>('golden/color/character_tensors.json');

  describe.each(Object.entries(characters))('%s', (name, golden) => {
    const png = readShared(`characters/${name}/character.png`);
    const image = decodePng(png, name);

    it('decodes to the same bytes as in the original', () => {
      expect(sha256(png)).toBe(golden.png_sha256);
      expect(image.hasAlpha).toBe(true);
      expect(sha256(image.data)).toBe(golden.rgba8_pixels_sha256);
    });

    it('becomes the original model tensor, bit for bit', () => {
      const model = toChannelsFirst(imageToModel(image), 4);
      expect(sha256(new Uint8Array(model.buffer))).toBe(golden.model_tensor_f32_le_chw_sha256);
      const sum = model.reduce((total, value) => total + value, 0);
      assertClose([sum], [golden.sum_f64], { atol: 0, rtol: 1e-12 });
    });

    it('would fail on one nudged byte', () => {
      const data = image.data.slice();
      const opaque = data.findIndex((byte, i) => i % 4 === 3 && byte === 255);
      data[opaque]! -= 1;
      const model = toChannelsFirst(imageToModel({ ...image, data }), 4);
      expect(sha256(data)).not.toBe(golden.rgba8_pixels_sha256);
      expect(sha256(new Uint8Array(model.buffer))).not.toBe(golden.model_tensor_f32_le_chw_sha256);
    });
  });

  it.each(['lambda_00', 'koakuma_mei', 'touhoku_zunko'])('has the sampled pixels of %s', (name) => {
    const golden = readGolden(`golden/color/png_to_model_${name}.safetensors`);
    const image = decodePng(readShared(`characters/${name}/character.png`), name);
    const model = imageToModel(image);
    const positions = golden('positions').data;
    const at = (sample: number) => (positions[sample * 2]! * image.width + positions[sample * 2 + 1]!) * 4;
    const samples = positions.length / 2;
    const rgba = Array.from({ length: samples * 4 }, (_, i) => image.data[at(i >> 2) + (i % 4)]!);
    const sampled = Array.from({ length: samples * 4 }, (_, i) => model[at(i % samples) + Math.floor(i / samples)]!);
    assertClose(rgba, golden('rgba8').data, EXACT);
    assertClose(sampled, golden('model').data, EXACT);
    sampled[5]! += 1e-7;
    expect(() => assertClose(sampled, golden('model').data, EXACT)).toThrow(/elements differ/);
  });
});
