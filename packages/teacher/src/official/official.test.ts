import { imageToModel, neutralPose, type RgbaImage, TEACHER_FACE_CROP } from '@tha4/core';
import { assertClose } from '@tha4/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { SMALL_SYSTEM, SMALL_WEIGHTS } from '../../test/support/small-system.ts';
import { chooseEngine } from '../engines/choose-engine.ts';
import type { Engine } from '../engines/engine.ts';
import type { TeacherFrames } from '../teacher.ts';
import { PreparedOfficial } from './prepared.ts';

const SIZE = 512;
/** Smooth, as a flow multiplies rounding by the picture's gradient. */
const IMAGE: RgbaImage = {
  width: SIZE,
  height: SIZE,
  data: Uint8Array.from({ length: SIZE * SIZE * 4 }, (_, i) => {
    const [row, column] = [Math.floor(i / 4 / SIZE), Math.floor(i / 4) % SIZE];
    return i % 4 === 3 ? 255 : Math.round(127 + 100 * Math.sin(row / 40 + (i % 4)) * Math.cos(column / 50));
  }),
};
const POSES = [0, 1, 2].map((which) => {
  const pose = neutralPose();
  pose[which * 12 + 2] = 1;
  pose[40] = 0.4 * which - 0.3;
  return pose;
});

/** An engine that keeps account of what it is asked. */
function counting(engine: Engine): { engine: Engine; runs: string[] } {
  const runs: string[] = [];
  const counted: Engine = {
    choice: engine.choice,
    upload: (tensor) => engine.upload(tensor),
    read: (tensor) => engine.read(tensor),
    free: (tensors) => engine.free(tensors),
    dispose: () => engine.dispose(),
    load: async (source) => {
      const loaded = await engine.load(source);
      return {
        run: (inputs) => {
          runs.push(source.stage.name);
          return loaded.run(inputs);
        },
        dispose: () => loaded.dispose(),
      };
    },
  };
  return { engine: counted, runs };
}

async function paint(engine: Engine, poses: readonly Float32Array[]): Promise<TeacherFrames> {
  const prepared = await PreparedOfficial.create(engine, SMALL_SYSTEM, SMALL_WEIGHTS, imageToModel(IMAGE));
  const frames = await prepared.pose(poses);
  await prepared.dispose();
  await expect(prepared.pose(poses)).rejects.toThrow(/disposed/);
  await engine.dispose();
  return frames;
}

const PARTS = ['posed', 'warped', 'gridChange', 'direct', 'faceMorphed'] as const;

describe('a published system', () => {
  let single: TeacherFrames;
  let runs: string[];
  beforeAll(async () => {
    const counted = counting(await chooseEngine({ engine: 'cpu' }));
    runs = counted.runs;
    single = await paint(counted.engine, POSES);
  });

  it('looks at the picture once, and paints poses one by one or in batches', async () => {
    expect(runs).toEqual(['prepare', 'face', 'body', 'face', 'body', 'face', 'body']);
    const batched = counting(await chooseEngine({ engine: 'cpu', batch: 2 }));
    const pairs = await paint(batched.engine, POSES);
    expect(batched.runs).toEqual(['prepare', 'face', 'body', 'face', 'body']);
    // Measured: 2e-6.
    for (const part of PARTS) assertClose(pairs[part], single[part], { atol: 2e-5 });
  });

  it('keeps the resting picture outside of the face', () => {
    const picture = imageToModel(IMAGE);
    const { top, left, width, height } = TEACHER_FACE_CROP;
    let changed = 0;
    for (let row = 0; row < SIZE; row++) {
      for (let column = 0; column < SIZE; column++) {
        const at = (row * SIZE + column) * 4;
        if (single.faceMorphed[at] === picture[at]) continue;
        const inFace = row >= top && row < top + height && column >= left && column < left + width;
        expect(inFace).toBe(true);
        changed++;
      }
    }
    expect(changed).toBeGreaterThan((width * height) / 2);
    expect(single.gridChange.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    expect([single.count, single.size, single.gridChange.length]).toEqual([3, SIZE, 3 * SIZE * SIZE * 2]);
  });

  it('paints the same on TensorFlow.js, and leaves nothing there', async () => {
    const tfjs = await chooseEngine({ engine: 'tfjs-wasm' });
    const { memory } = await import('@tensorflow/tfjs-core');
    const before = memory().numTensors;
    const actual = await paint(tfjs, POSES.slice(0, 1));
    expect(memory().numTensors).toBe(before);
    // Measured: 4e-6.
    for (const part of PARTS) assertClose(actual[part], firstOf(single[part], 3), { atol: 4e-5 });
  });

  it('costs some decibels in half precision', async () => {
    const half = await paint(await chooseEngine({ engine: 'cpu', precision: 'fp16' }), POSES.slice(0, 1));
    const expected = firstOf(single.posed, 3);
    const error = half.posed.reduce((sum, value, i) => sum + (value - expected[i]!) ** 2, 0) / half.posed.length;
    const decibels = 10 * Math.log10(4 / error);
    console.log(`fp16: ${decibels.toFixed(1)} dB against fp32, synthetic weights`);
    expect(decibels).toBeGreaterThan(40);
    expect(decibels).toBeLessThan(90);
  });
});

function firstOf(data: Float32Array, count: number): Float32Array {
  return data.subarray(0, data.length / count);
}
