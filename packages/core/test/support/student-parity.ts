import { deviation, readShared } from '@tha4/test-utils';
import { expect } from 'vitest';
import type { FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import { modelToImage } from '../../src/image/model-image.ts';
import { decodePng } from '../../src/image/png.ts';
import { premultipliedSrgb } from '../../src/image/premultiplied.ts';
import { psnr } from '../../src/metrics/psnr.ts';
import { type Golden, readGolden } from './golden.ts';

/** Images of one frame, NHWC with a batch of one, under the golden data's names. */
export type StudentFrame = Readonly<Record<StudentImage, FloatTensor>>;
export const STUDENT_IMAGES = ['face', 'blended', 'alpha', 'direct', 'warped', 'grid_change'] as const;
type StudentImage = (typeof STUDENT_IMAGES)[number];

/** How far a frame lies from the float64 truth, in units of the limits, and how close it is to the golden picture. */
export interface FrameReport {
  /** Largest of all measures of all images: at most 1 is within the limits. */
  readonly worst: number;
  readonly worstWhere: string;
  readonly psnr: number;
}

interface Noise {
  readonly max_abs: number;
  readonly mean_abs: number;
  readonly 'p99.9_abs': number;
}

// The golden data's README suggests these multiples of torch's own float32 noise. The listed noise is of whole frames; the
// stored positions are a selection with far more of the hard spots (24 of 4096 lie in a spot with huge flow that covers
// one pixel in five thousand of a frame, so it alone decides the selection's p99.9). Hence the noise that counts is the
// larger of the listed one and torch's own float32 run at the same positions.
const TIMES_NOISE = { mean: 4, p999: 4, max: 10 };
/** Least PSNR against the golden picture, premultiplied sRGB RGBA in [0, 1], decibels. */
export const LEAST_PSNR = 55;

export interface StudentGolden {
  readonly golden: Golden;
  readonly noise: readonly Readonly<Record<StudentImage, Noise>>[];
  pose(index: number): Float32Array;
}

export function readStudentGolden(name: string): StudentGolden {
  const golden = readGolden(`student/${name}.safetensors`);
  const poses = golden.floats('poses').data;
  return {
    golden,
    noise: JSON.parse(golden.metadata.get('noise_per_pose')!),
    pose: (index) => poses.slice(45 * index, 45 * (index + 1)),
  };
}

/** A frame of an executor that may keep some images to itself. */
export type PartialFrame = Partial<StudentFrame> & Pick<StudentFrame, 'blended'>;

/** Compares what there is of a frame with the golden data. Nothing is asserted here: see `expectParity`. */
export function compareFrame(name: string, stored: StudentGolden, pose: number, frame: PartialFrame): FrameReport {
  let worst = 0;
  let worstWhere = '';
  for (const image of STUDENT_IMAGES) {
    const tensor = frame[image];
    if (tensor === undefined) continue;
    const [actual, expected, float32] =
      image === 'face' ? wholeFace(stored, pose, tensor) : sampled(stored, pose, tensor, image);
    const { meanAbs, p999, maxAbs } = deviation(actual, expected);
    const listed = stored.noise[pose]![image];
    const torch = deviation(float32, expected);
    const ratios = {
      mean: meanAbs / (TIMES_NOISE.mean * Math.max(listed.mean_abs, torch.meanAbs)),
      p999: p999 / (TIMES_NOISE.p999 * Math.max(listed['p99.9_abs'], torch.p999)),
      max: maxAbs / (TIMES_NOISE.max * Math.max(listed.max_abs, torch.maxAbs)),
    };
    for (const [measure, ratio] of Object.entries(ratios)) {
      if (ratio <= worst) continue;
      worst = ratio;
      worstWhere = `${image} ${measure} (mean ${meanAbs.toExponential(1)}, p99.9 ${p999.toExponential(1)}, max ${maxAbs.toExponential(1)})`;
    }
  }
  const picture = decodePng(readShared(`golden/student/${name}.pose${pose}.png`), name);
  const rendered = modelToImage(frame.blended.data, picture.width, picture.height);
  return { worst, worstWhere, psnr: psnr(premultipliedSrgb(rendered), premultipliedSrgb(picture)) };
}

export function expectParity({ worst, worstWhere, psnr }: FrameReport): void {
  expect(worst, worstWhere).toBeLessThanOrEqual(1);
  expect(psnr, 'PSNR').toBeGreaterThanOrEqual(LEAST_PSNR);
}

type Compared = [actual: Float32Array, expected: Float32Array, float32: Float32Array];

/** The face is stored whole, of the float32 run only, so that run counts as the truth. */
function wholeFace({ golden }: StudentGolden, pose: number, face: FloatTensor): Compared {
  const size = face.data.length;
  const expected = golden.image('face').data.subarray(size * pose, size * (pose + 1));
  return [face.data, expected, expected];
}

/** The other images are stored at 4096 positions, `[poses, c, positions]`, of the float64 and the float32 run. */
function sampled({ golden }: StudentGolden, pose: number, { shape, data }: FloatTensor, image: StudentImage): Compared {
  const positions = golden.ints('positions');
  const [, , width, channels] = shape as [number, number, number, number];
  const count = positions.length / 2;
  const actual = Float32Array.from({ length: channels * count }, (_, i) => {
    const at = i % count;
    const pixel = positions[2 * at]! * width + positions[2 * at + 1]!;
    return data[pixel * channels + Math.floor(i / count)]!;
  });
  const stored = (key: string): Float32Array =>
    golden.floats(key).data.subarray(actual.length * pose, actual.length * (pose + 1));
  return [actual, stored(`${image}_f64`), stored(image)];
}
