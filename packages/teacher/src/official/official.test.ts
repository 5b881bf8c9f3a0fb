import { meanAbsoluteError, neutralPose } from '@tha4/core';
import { assertClose } from '@tha4/test-utils';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinySystem } from '../../test/support/small-system.ts';
import { chooseEngine } from '../engines/choose-engine.ts';
import type { Engine } from '../engines/engine.ts';
import type { TeacherFrames } from '../teacher.ts';
import { PreparedOfficial } from './prepared.ts';

const { system, weights } = tinySystem();
const SIZE = system.size;
const PICTURE = Float32Array.from({ length: SIZE * SIZE * 4 }, (_, i) => Math.sin(i / 40) * Math.cos(i / 900));
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
  const prepared = await PreparedOfficial.create(engine, system, weights, PICTURE);
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

  it('tells all parts of a frame', () => {
    expect([single.count, single.size]).toEqual([3, SIZE]);
    for (const part of PARTS) expect(single[part].length).toBe(3 * SIZE * SIZE * (part === 'gridChange' ? 2 : 4));
    expect(single.gridChange.some((value) => Math.abs(value) > 1e-3)).toBe(true);
    // Poses differ, and so do their faces.
    const [first, second] = [0, 1].map((which) =>
      single.faceMorphed.subarray(which * SIZE ** 2 * 4).slice(0, SIZE ** 2 * 4),
    );
    expect(first).not.toEqual(second);
  });

  it('paints the same on TensorFlow.js, and leaves nothing there', async () => {
    const tfjs = await chooseEngine({ engine: 'tfjs-wasm' });
    const { memory } = await import('@tensorflow/tfjs-core');
    const before = memory().numTensors;
    const actual = await paint(tfjs, POSES.slice(0, 1));
    expect(memory().numTensors).toBe(before);
    // Five random networks in a row amplify rounding; a mistake in the road gives 0.02 or more. Measured: 1e-4.
    for (const part of PARTS)
      expect(meanAbsoluteError(actual[part], firstOf(single[part], 3)), part).toBeLessThan(1e-3);
  });

  it('costs some decibels in half precision', async () => {
    const half = await paint(await chooseEngine({ engine: 'cpu', precision: 'fp16' }), POSES.slice(0, 1));
    const expected = firstOf(single.posed, 3);
    const error = half.posed.reduce((sum, value, i) => sum + (value - expected[i]!) ** 2, 0) / half.posed.length;
    const decibels = 10 * Math.log10(4 / error);
    console.log(`fp16: ${decibels.toFixed(1)} dB against fp32, synthetic weights`);
    // Random networks amplify it as much as other rounding. Measured: 31.9.
    expect(decibels).toBeGreaterThan(25);
    expect(decibels).toBeLessThan(60);
  });
});

function firstOf(data: Float32Array, count: number): Float32Array {
  return data.subarray(0, data.length / count);
}
