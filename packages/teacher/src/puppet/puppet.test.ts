import {
  cropTensor,
  FRAME_SIZE,
  ImageError,
  imageToModel,
  mirrorPose,
  modelToImage,
  neutralPose,
  POSE_PARAMETERS,
  randomPose,
  STUDENT_FACE_CROP,
} from '@tha4/core';
import { seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { drawnFigure, mirrorImage } from '../../test/support/drawn-face.ts';
import { sampleAt } from '../warp/sample.ts';
import { createPuppet, type FrameTarget, type Puppet, posePuppet } from './puppet.ts';
import { puppetTeacher } from './puppet-teacher.ts';

const PIXELS = FRAME_SIZE * FRAME_SIZE;
const { image, mask } = drawnFigure();
const puppet = createPuppet(image, mask);

function frames(): FrameTarget {
  const floats = (channels: number): Float32Array => new Float32Array(PIXELS * channels);
  return {
    index: 0,
    posed: floats(4),
    warped: floats(4),
    gridChange: floats(2),
    direct: floats(4),
    faceMorphed: floats(4),
  };
}

function paint(pose: Float32Array, of: Puppet = puppet): FrameTarget {
  const target = frames();
  posePuppet(of, pose, target);
  return target;
}

function single(index: number, value: number): Float32Array {
  const pose = neutralPose();
  pose[index] = value;
  return pose;
}

/** Sum of absolute differences, in pixels that change from black to white. */
function change(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += Math.abs(a[i]! - b[i]!);
  return sum / 8;
}

/** Whether all bits are the same; `toEqual` takes minutes for a million numbers. */
function same(a: Float32Array, b: Float32Array): boolean {
  const bytes = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return bytes(a).equals(bytes(b));
}

const randomPoses = (count: number, seed: number): Float32Array[] => {
  const next = seededRandom(seed);
  return Array.from({ length: count }, () => randomPose(() => next() / 2 ** 32));
};

describe('the puppet', () => {
  it('returns the picture itself at rest', () => {
    const { posed, warped, direct, faceMorphed, gridChange } = paint(neutralPose());
    const picture = imageToModel(image);
    for (const frame of [posed, warped, direct, faceMorphed]) expect(same(frame, picture)).toBe(true);
    expect(gridChange.every((value) => value === 0)).toBe(true);
    const { data } = modelToImage(posed, FRAME_SIZE, FRAME_SIZE);
    // Colour under alpha 0 is nothing.
    expect(image.data.every((value, i) => value === data[i] || image.data[i | 3] === 0)).toBe(true);
  });

  it.each(POSE_PARAMETERS.map((parameter) => [parameter.name, parameter] as const))(
    'does more the further %s goes',
    (_, { index, min }) => {
      for (const end of min < 0 ? [1, -1] : [1]) {
        const changes = [0.1, 0.4, 0.7, 1].map((part) =>
          change(paint(single(index, end * part)).posed, puppet.picture),
        );
        expect(changes[3], 'visible').toBeGreaterThan(4);
        for (let i = 1; i < 4; i++)
          expect(changes[i]!, `step ${i} of ${changes}`).toBeGreaterThan(changes[i - 1]! * 0.97);
        // Nothing jumps: the first tenth does no more than its share, by and large.
        expect(changes[0]!, `first step of ${changes}`).toBeLessThan(changes[3]! * 0.6);
      }
    },
  );

  it('changes nothing but the inside of the face crop in a pose of the face, up to its border', () => {
    const { top, left, height, width } = STUDENT_FACE_CROP;
    for (const pose of randomPoses(12, 5)) {
      pose.fill(0, 39);
      const { faceMorphed, posed } = paint(pose);
      expect(same(posed, faceMorphed)).toBe(true);
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        const row = Math.floor(pixel / FRAME_SIZE) - top;
        const column = (pixel % FRAME_SIZE) - left;
        if (row > 0 && row < height - 1 && column > 0 && column < width - 1) continue;
        for (let c = pixel * 4; c < pixel * 4 + 4; c++)
          if (faceMorphed[c] !== puppet.picture[c]) throw new Error(`${row}, ${column}`);
      }
    }
  });

  it('paints sound alpha, and a warp that is what it says', () => {
    const out = new Float32Array(4);
    for (const pose of randomPoses(6, 6)) {
      const { posed, warped, gridChange, faceMorphed } = paint(pose);
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        const alpha = posed[pixel * 4 + 3]!;
        const colour = Math.max(posed[pixel * 4]!, posed[pixel * 4 + 1]!, posed[pixel * 4 + 2]!);
        if (!(alpha >= -1 && alpha <= 1 && colour <= alpha + 1e-5))
          throw new Error(`pixel ${pixel}: ${colour}, ${alpha}`);
        if (pixel % 31 !== 0) continue;
        const x = (pixel % FRAME_SIZE) + (gridChange[pixel * 2]! * FRAME_SIZE) / 2;
        const y = Math.floor(pixel / FRAME_SIZE) + (gridChange[pixel * 2 + 1]! * FRAME_SIZE) / 2;
        sampleAt(faceMorphed, FRAME_SIZE, x, y, out, 0);
        for (let c = 0; c < 4; c++) expect(warped[pixel * 4 + c]).toBeCloseTo(out[c]!, 6);
      }
    }
  });

  it('paints the mirrored picture in a mirrored pose as a mirror would', () => {
    const mirrored = createPuppet(mirrorImage(image), mirrorImage(mask));
    for (const pose of [...randomPoses(8, 7), single(12, 1), single(40, 1), single(0, 1)]) {
      const here = modelToImage(paint(pose).posed, FRAME_SIZE, FRAME_SIZE);
      const there = mirrorImage(modelToImage(paint(mirrorPose(pose), mirrored).posed, FRAME_SIZE, FRAME_SIZE));
      const worst = here.data.reduce((most, value, i) => Math.max(most, Math.abs(value - there.data[i]!)), 0);
      expect(worst).toBeLessThanOrEqual(3);
    }
    const unmirrored = mirrorImage(modelToImage(paint(single(12, 1), mirrored).posed, FRAME_SIZE, FRAME_SIZE));
    expect(
      change(
        Float32Array.from(unmirrored.data),
        Float32Array.from(modelToImage(paint(single(12, 1)).posed, FRAME_SIZE, FRAME_SIZE).data),
      ),
    ).toBeGreaterThan(1000);
  });
});

describe('the puppet as a teacher', () => {
  it('paints batches, the same for the same pose', async () => {
    const teacher = await puppetTeacher().prepare(image, mask);
    const [a, b] = randomPoses(2, 8) as [Float32Array, Float32Array];
    const batch = await teacher.pose([a, b, a]);
    expect(batch.count).toBe(3);
    const place = (index: number): Float32Array => batch.posed.subarray(index * PIXELS * 4, (index + 1) * PIXELS * 4);
    expect(same(place(0), paint(a).posed)).toBe(true);
    expect(same(place(1), paint(b).posed)).toBe(true);
    expect(same(place(2), place(0))).toBe(true);
    expect(same(place(1), place(0))).toBe(false);
    await teacher.dispose();
    await expect(teacher.pose([a])).rejects.toThrow(/disposed/);
  });

  it('paints a window of a frame as it paints the whole frame, in any order', async () => {
    const teacher = await puppetTeacher().prepare(image, mask);
    const [one, other] = randomPoses(2, 9) as [Float32Array, Float32Array];
    const sharing = Float32Array.from(other, (value, index) => (index < 39 ? one[index]! : value));
    const window = { top: 72, left: 184, height: 144, width: 96 };
    for (const pose of [one, sharing, other, neutralPose(), one]) {
      const whole = await teacher.pose([pose]);
      const part = await teacher.window!(pose, window);
      for (const name of ['posed', 'warped', 'gridChange'] as const) {
        const shape = [FRAME_SIZE, FRAME_SIZE, name === 'gridChange' ? 2 : 4] as const;
        expect(same(part[name], cropTensor(whole[name], shape, window))).toBe(true);
      }
      expect(same(part.faceMorphed, whole.faceMorphed)).toBe(true);
    }
    await teacher.dispose();
    await expect(teacher.window!(one, window)).rejects.toThrow(/disposed/);
  });

  it('stops when it is told to', async () => {
    const teacher = await puppetTeacher().prepare(image, mask);
    const control = new AbortController();
    const painted = teacher.pose(randomPoses(50, 9), control.signal);
    control.abort();
    await expect(painted).rejects.toThrow(/abort/i);
  });

  it('says what it needs', async () => {
    const black = { ...mask, data: new Uint8Array(mask.data.length) };
    await expect(puppetTeacher().prepare(image, null)).rejects.toThrow(ImageError);
    await expect(puppetTeacher().prepare(image, black)).rejects.toThrow(/expected white rectangles/);
    await expect(puppetTeacher().prepare({ width: 1, height: 1, data: new Uint8Array(4) }, mask)).rejects.toThrow(
      /512x512/,
    );
  });
});
