import type { Character } from '@tha4/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { RuntimeInfo, StudentRuntime } from '../runtime.ts';
import { StudentPlayer } from './player.ts';

const CHARACTER = {} as Character;
const CANVAS = {} as OffscreenCanvas;

/** A runtime whose frames end when the test says so. */
class FakeRuntime implements StudentRuntime {
  readonly poses: number[] = [];
  presented = 0;
  disposed = false;
  failWith: Error | null = null;
  name = 'fake-1';
  #finish: (() => void) | null = null;

  async load(): Promise<RuntimeInfo> {
    return this.info();
  }
  async pose(values: Float32Array) {
    this.poses.push(values[0]!);
    await new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    if (this.failWith) throw this.failWith;
    return { serial: this.poses.length, ms: 5 * this.poses.length, quality: 'exact' as const };
  }
  async finishFrame(): Promise<void> {
    this.#finish?.();
    this.#finish = null;
    await tick();
  }
  async setQuality(): Promise<void> {}
  async present(): Promise<void> {
    this.presented++;
  }
  async readPixels() {
    return { width: 1, height: 1, data: new Uint8Array(4) };
  }
  async info() {
    return { name: this.name, choice: this.name, qualities: ['exact'] as const, quality: 'exact' as const };
  }
  async memory() {
    return { tensors: 0, bytes: 0 };
  }
  async dispose(): Promise<void> {
    this.disposed = true;
  }
}

/** What the player wants called before the next repaint. */
const frames: (() => void)[] = [];

/** Lets a few repaints and everything that waits for them happen. */
async function tick(): Promise<void> {
  for (let i = 0; i < 5; i++) {
    for (const callback of frames.splice(0)) callback();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const pose = (first: number): Float32Array => Float32Array.from({ length: 45 }, (_, i) => (i === 0 ? first : 0));

describe('StudentPlayer', () => {
  let runtime: FakeRuntime;
  let errors: Error[];
  let runtimes: string[];
  let busy: boolean[];
  let player: StudentPlayer;
  beforeEach(() => {
    frames.length = 0;
    runtime = new FakeRuntime();
    errors = [];
    runtimes = [];
    busy = [];
    player = new StudentPlayer(runtime, CANVAS, {
      nextFrame: (callback) => frames.push(callback),
      onError: (error) => errors.push(error),
      onRuntime: (info) => runtimes.push(info.name),
      onBusy: (state) => busy.push(state),
    });
  });

  it('paints nothing before both a character and a pose are there', async () => {
    player.setPose(pose(0.1));
    await tick();
    expect(runtime.poses).toEqual([]);
    await player.load(CHARACTER);
    await tick();
    expect(runtime.poses).toEqual([Math.fround(0.1)]);
  });

  it('keeps only the newest of the poses that come during a frame', async () => {
    await player.load(CHARACTER);
    player.setPose(pose(0));
    await tick();
    for (const value of [0.25, 0.5, 0.75]) player.setPose(pose(value));
    await tick();
    expect(runtime.poses).toEqual([0]);
    await runtime.finishFrame();
    expect(runtime.poses).toEqual([0, 0.75]);
    await runtime.finishFrame();
    expect(runtime.poses).toEqual([0, 0.75]);
    expect(runtime.presented).toBe(2);
    expect(busy).toEqual([true, false, true, false]);
  });

  it('skips a pose that is shown already, also one that went away and came back', async () => {
    await player.load(CHARACTER);
    player.setPose(pose(0.5));
    await tick();
    await runtime.finishFrame();
    player.setPose(pose(0.5));
    player.setPose(pose(1));
    player.setPose(pose(0.5));
    await tick();
    expect(runtime.poses).toEqual([0.5]);
    expect(player.times()).toMatchObject({ frames: 1, last: 5, p50: 5, p95: 5 });
  });

  it('does not change when the caller reuses its pose array', async () => {
    await player.load(CHARACTER);
    const reused = pose(0.5);
    player.setPose(reused);
    reused[0] = 1;
    await tick();
    expect(runtime.poses).toEqual([0.5]);
  });

  it('reports a failed frame once, stops, and goes on after the next load', async () => {
    await player.load(CHARACTER);
    runtime.failWith = new Error('no device');
    player.setPose(pose(0.5));
    await tick();
    await runtime.finishFrame();
    player.setPose(pose(0.75));
    await tick();
    expect(errors.map((error) => error.message)).toEqual(['no device']);
    expect(runtime.poses).toEqual([0.5]);
    runtime.failWith = null;
    await player.load(CHARACTER);
    await tick();
    expect(runtime.poses).toEqual([0.5, 0.75]);
  });

  it('says when the runtime has taken another backend', async () => {
    await player.load(CHARACTER);
    player.setPose(pose(0.5));
    await tick();
    runtime.name = 'fake-2';
    await runtime.finishFrame();
    expect(runtimes).toEqual(['fake-2']);
  });

  it('waits for the frame that is being painted before it frees the runtime', async () => {
    await player.load(CHARACTER);
    player.setPose(pose(0.5));
    await tick();
    const gone = player.dispose();
    await tick();
    expect(runtime.disposed).toBe(false);
    await runtime.finishFrame();
    await gone;
    expect(runtime.disposed).toBe(true);
    player.setPose(pose(1));
    await tick();
    expect(runtime.poses).toEqual([0.5]);
  });

  it('settles when the newest pose is shown', async () => {
    await player.load(CHARACTER);
    player.setPose(pose(0.5));
    let settled = false;
    const done = player.settled().then(() => {
      settled = true;
    });
    await tick();
    expect(settled).toBe(false);
    await runtime.finishFrame();
    await done;
    expect(runtime.presented).toBe(1);
  });
});
