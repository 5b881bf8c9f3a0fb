import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Character, decodeTileMap, readCharacter } from '@tha4/core';
import { bestVariant } from '@tha4/kernels';
import { describe, expect, it } from 'vitest';
import { createNodeThread } from '../../test/node-thread.ts';
import { soakFile, soakPoses } from '../../test/soak.ts';
import { QUALITIES } from '../quality.ts';
import type { StudentRuntime } from '../runtime.ts';
import { createTfjsRuntime } from '../tfjs/index.ts';
import { createWasmRuntime, surveyTiles, type WasmRuntimeOptions } from './index.ts';

const FRAMES = 2000;
/** The layer-by-layer runtime needs a hundred times as long. */
const TFJS_EVERY = 50;
const WARM_UP = 500;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** JavaScript's heap and the buffers beside it, bytes. */
async function heap(): Promise<number> {
  // Buffers are freed in the background, and some only by the second collection.
  for (let i = 0; i < 3; i++) {
    collectGarbage();
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** The largest difference of two pictures' bytes, colours under an alpha of less than 16 left out. */
function difference(a: Uint8Array | Uint8ClampedArray, b: Uint8Array | Uint8ClampedArray): number {
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    if ((i & 3) !== 3 && a[i | 3]! < 16) continue;
    const off = Math.abs(a[i]! - b[i]!);
    if (off > worst) worst = off;
  }
  return worst;
}

describe('2,000 random poses', () => {
  it('look the same on all runtimes of Node, and leave nothing behind', async () => {
    const file = readCharacter(soakFile(), 'soak');
    const visibleTiles = await surveyTiles(file, { poses: 8 });
    expect(decodeTileMap(visibleTiles, 32, 'map').includes(0), 'something to leave out').toBe(true);
    const character: Character = { ...file, manifest: { ...file.manifest, visibleTiles } };
    const create = async (runtime: StudentRuntime): Promise<StudentRuntime> => {
      await runtime.load(character);
      return runtime;
    };
    const wasm = (options: Partial<WasmRuntimeOptions>): Promise<StudentRuntime> =>
      create(createWasmRuntime({ variant: 'plain', precision: 'float', cull: false, threads: 1, ...options }));
    const reference = await wasm({});
    const others: Record<string, { readonly runtime: StudentRuntime; readonly limit: number }> = {
      'two threads': { runtime: await wasm({ threads: 2, createThread: createNodeThread }), limit: 0 },
      culled: { runtime: await wasm({ cull: true }), limit: 0 },
      'culled, two threads': {
        runtime: await wasm({ cull: true, threads: 2, createThread: createNodeThread }),
        limit: 0,
      },
    };
    if (bestVariant() === 'relaxed') others.relaxed = { runtime: await wasm({ variant: 'relaxed' }), limit: 2 };
    else console.warn('SKIPPED: relaxed SIMD, which this Node does not run');
    others['16-bit integers'] = { runtime: await wasm({ precision: 'int16', cull: true }), limit: 4 }; // seen: 3
    const cheap = await wasm({ cull: true });
    const tfjs = await create(createTfjsRuntime({ backend: 'cpu' }));

    const nextPose = soakPoses();
    const all = [reference, cheap, ...Object.values(others).map(({ runtime }) => runtime)];
    const bytes = async (): Promise<number[]> => Promise.all(all.map(async (one) => (await one.memory()).bytes));
    let start = { heap: 0, bytes: [] as number[], tensors: 0 };
    for (let frame = 0; frame < FRAMES; frame++) {
      const pose = nextPose();
      await reference.pose(pose);
      const { data: right } = await reference.readPixels();
      for (const [name, { runtime, limit }] of Object.entries(others)) {
        await runtime.pose(pose);
        const off = difference(right, (await runtime.readPixels()).data);
        if (off > limit) expect.fail(`${name}, frame ${frame}: off by ${off} of 255, at most ${limit} expected`);
      }
      await cheap.setQuality(QUALITIES[frame % QUALITIES.length]!);
      const { quality } = await cheap.pose(pose);
      if (quality === 'exact') expect((await cheap.readPixels()).data).toEqual(right);
      if (frame % TFJS_EVERY === 0) {
        await tfjs.pose(pose);
        expect(difference(right, (await tfjs.readPixels()).data), `tfjs, frame ${frame}`).toBeLessThanOrEqual(2);
      }
      if (frame === WARM_UP) start = { heap: await heap(), bytes: await bytes(), tensors: tf.memory().numTensors };
    }
    expect(await bytes()).toEqual(start.bytes);
    expect(tf.memory().numTensors).toBe(start.tensors);
    const grown = (await heap()) - start.heap;
    console.log(`soak: heap grown by ${(grown / 1024).toFixed(0)} KiB over ${FRAMES - WARM_UP} frames`);
    // A frame of this character is 4 KiB of bytes and 16 KiB of floats: one kept out of each ten would show.
    expect(grown).toBeLessThan(2 * 1024 * 1024);
    await Promise.all([...all, tfjs].map((runtime) => runtime.dispose()));
  }, 300_000);
});
