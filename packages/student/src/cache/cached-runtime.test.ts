import { type Character, modelToImage } from '@tha4/core';
import { hashUniform } from '@tha4/test-utils';
import { beforeEach, describe, expect, it } from 'vitest';
import { smallCharacter } from '../../../core/test/small-character.ts';
import type { StudentRuntime } from '../runtime.ts';
import { createWasmRuntime } from '../wasm/index.ts';
import { createCachedRuntime } from './cached-runtime.ts';

const CHARACTER: Character = smallCharacter();
const FRAME_BYTES = modelToImage(new Float32Array(64 * 64 * 4), 64, 64).data.length;
const pose = (key: string): Float32Array => Float32Array.from(hashUniform(key, 45));

describe('cached runtime', () => {
  let inner: StudentRuntime;
  let runtime: StudentRuntime;
  let painted: number;
  beforeEach(async () => {
    painted = 0;
    inner = createWasmRuntime({ threads: 1 });
    const paint = inner.pose.bind(inner);
    inner.pose = (values) => {
      painted++;
      return paint(values);
    };
    runtime = createCachedRuntime(inner, { bytes: 2 * FRAME_BYTES });
    await runtime.load(CHARACTER);
  });

  it('shows a pose again without painting it, also when it is off by less than a step', async () => {
    expect(await runtime.pose(pose('a'))).toMatchObject({ cached: false, serial: 1 });
    await runtime.pose(pose('b'));
    // Numbers well inside their steps, so that a nudge cannot cross to the next.
    const middle = pose('a').map((value) => Math.round(value * 64) / 64);
    await runtime.pose(middle);
    const nudged = middle.map((value) => value + 0.001);
    expect(await runtime.pose(nudged)).toMatchObject({ cached: true, quality: 'exact' });
    expect(painted).toBe(2);
  });

  it('gives the pixels of the pose that was asked for', async () => {
    await runtime.pose(pose('a'));
    const first = await runtime.readPixels();
    await runtime.pose(pose('b'));
    expect((await runtime.readPixels()).data).not.toEqual(first.data);
    await runtime.pose(pose('a'));
    expect(await runtime.readPixels()).toEqual(first);
  });

  it('stays within its bytes', async () => {
    const empty = (await runtime.memory()).bytes;
    for (const key of ['a', 'b', 'c', 'd']) await runtime.pose(pose(key));
    expect((await runtime.memory()).bytes).toBe(empty + 2 * FRAME_BYTES);
    expect(await runtime.pose(pose('a'))).toMatchObject({ cached: false });
  });

  it('does not show a cheap frame where a better one is wanted, but does the reverse', async () => {
    await runtime.setQuality('half');
    expect(await runtime.pose(pose('a'))).toMatchObject({ quality: 'half' });
    await runtime.setQuality('exact');
    expect(await runtime.pose(pose('a'))).toMatchObject({ quality: 'exact', cached: false });
    await runtime.setQuality('half');
    expect(await runtime.pose(pose('a'))).toMatchObject({ quality: 'exact', cached: true });
  });

  it('forgets the last character', async () => {
    await runtime.pose(pose('a'));
    await runtime.load(CHARACTER);
    await expect(runtime.readPixels()).rejects.toThrow(/call pose first/);
    expect(await runtime.pose(pose('a'))).toMatchObject({ cached: false });
  });
});
