import { meanAbsoluteError, meanSquaredError, neutralPose } from '@tha4/core';
import { assertClose } from '@tha4/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { type SmallSystem, tinyTha3, tinyTha4 } from '../../test/support/small-system.ts';
import { chooseEngine } from '../engines/choose-engine.ts';
import type { Engine } from '../engines/engine.ts';
import type { TeacherFrames } from '../teacher.ts';
import { sampleAt } from '../warp/sample.ts';
import { PreparedOfficial } from './prepared.ts';

const SIZE = 64;
const PIXELS = SIZE * SIZE;
const PICTURE = Float32Array.from({ length: PIXELS * 4 }, (_, i) => 0.9 * Math.sin(i / 40) * Math.cos(i / 900));
/** Where the face of the small systems lies. */
const FACE = { top: 4, left: 12, size: 32 };
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

async function paint(
  { system, weights }: SmallSystem,
  engine: Engine,
  poses: readonly Float32Array[],
): Promise<TeacherFrames> {
  const prepared = await PreparedOfficial.create(engine, system, weights, PICTURE);
  const frames = await prepared.pose(poses);
  await prepared.dispose();
  await expect(prepared.pose(poses)).rejects.toThrow(/disposed/);
  await engine.dispose();
  return frames;
}

const PARTS = ['posed', 'warped', 'gridChange', 'direct', 'faceMorphed'] as const;

describe.each([
  { name: 'tha4', make: tinyTha4, stages: ['face', 'body'], isStraight: false },
  { name: 'tha3', make: tinyTha3, stages: ['face', 'body', 'finish'], isStraight: true },
])('a small $name', ({ make, stages, isStraight }) => {
  const small = make();
  let single: TeacherFrames;
  let runs: string[];
  beforeAll(async () => {
    const counted = counting(await chooseEngine({ engine: 'cpu' }));
    runs = counted.runs;
    single = await paint(small, counted.engine, POSES);
  });

  it('looks at the picture once, and paints poses one by one or in batches', async () => {
    expect(runs).toEqual(['prepare', ...stages, ...stages, ...stages]);
    const batched = counting(await chooseEngine({ engine: 'cpu', batch: 2 }));
    const pairs = await paint(small, batched.engine, POSES);
    expect(batched.runs).toEqual(['prepare', ...stages, ...stages]);
    for (const part of PARTS) assertClose(pairs[part], single[part], { atol: 1e-5 });
  });

  it('keeps the picture outside of the face, premultiplied', () => {
    expect([single.count, single.size]).toEqual([3, SIZE]);
    let changed = 0;
    for (let i = 0; i < PIXELS * 4; i++) {
      const alpha = (PICTURE[i | 3]! + 1) / 2;
      const own = isStraight && i % 4 < 3 ? (PICTURE[i]! + 1) * alpha - 1 : PICTURE[i]!;
      if (Math.abs(single.faceMorphed[i]! - own) < 1e-5) continue;
      const [row, column] = [Math.floor(i / 4 / SIZE), Math.floor(i / 4) % SIZE];
      expect(row >= FACE.top && row < FACE.top + FACE.size).toBe(true);
      expect(column >= FACE.left && column < FACE.left + FACE.size).toBe(true);
      changed++;
    }
    expect(changed).toBeGreaterThan(2 * FACE.size ** 2);
    const [first, second] = [0, 1].map((which) =>
      single.faceMorphed.slice(which * PIXELS * 4, (which + 1) * PIXELS * 4),
    );
    expect(first).not.toEqual(second);
  });

  it('warps the face-morphed picture by the flow that it tells', () => {
    expect(single.gridChange.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    const out = new Float32Array(4);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      const [x, y] = [single.gridChange[2 * pixel]!, single.gridChange[2 * pixel + 1]!];
      const [column, row] = [pixel % SIZE, Math.floor(pixel / SIZE)];
      sampleAt(single.faceMorphed, SIZE, column + (x * SIZE) / 2, row + (y * SIZE) / 2, out, 0);
      for (let c = 0; c < 4; c++) expect(Math.abs(single.warped[4 * pixel + c]! - out[c]!)).toBeLessThan(1e-4);
    }
  });

  it('paints the same on TensorFlow.js, and leaves nothing there', async () => {
    const tfjs = await chooseEngine({ engine: 'tfjs-wasm' });
    const { memory } = await import('@tensorflow/tfjs-core');
    const before = memory().numTensors;
    const actual = await paint(small, tfjs, POSES.slice(0, 1));
    expect(memory().numTensors).toBe(before);
    // Random networks in a row amplify rounding; a mistake in the road gives a mean of 0.02 or more.
    for (const part of PARTS) expect(meanAbsoluteError(actual[part], firstOf(single[part])), part).toBeLessThan(1e-3);
  });

  it('costs some decibels in half precision', async () => {
    const engine = await chooseEngine({ engine: 'cpu', precision: 'fp16' });
    const half = await paint(small, engine, POSES.slice(0, 1));
    const decibels = 10 * Math.log10(4 / meanSquaredError(half.posed, firstOf(single.posed)));
    console.log(`fp16: ${decibels.toFixed(1)} dB against fp32, synthetic weights`);
    expect(decibels).toBeGreaterThan(45);
    expect(decibels).toBeLessThan(90);
  });
});

/** Of a batch of three. */
function firstOf(data: Float32Array): Float32Array {
  return data.subarray(0, data.length / 3);
}
