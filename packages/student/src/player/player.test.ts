import type { Character } from '@tha4/core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Quality } from '../quality.ts';
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
  qualities: readonly Quality[] = ['exact', 'half'];
  quality: Quality = 'exact';
  readonly painted: Quality[] = [];
  cached: boolean | null = null;
  #finish: (() => void) | null = null;

  async load(): Promise<RuntimeInfo> {
    return this.info();
  }
  async pose(values: Float32Array) {
    this.poses.push(values[0]!);
    this.painted.push(this.quality);
    await new Promise<void>((resolve) => {
      this.#finish = resolve;
    });
    if (this.failWith) throw this.failWith;
    const { quality, cached } = this;
    return { serial: this.poses.length, ms: 5 * this.poses.length, quality, ...(cached === null ? {} : { cached }) };
  }
  async finishFrame(): Promise<void> {
    this.#finish?.();
    this.#finish = null;
    await tick();
  }
  async setQuality(quality: Quality): Promise<void> {
    this.quality = quality;
  }
  async present(): Promise<void> {
    this.presented++;
  }
  async readPixels() {
    return { width: 1, height: 1, data: new Uint8Array(4) };
  }
  async info() {
    return { name: this.name, choice: this.name, qualities: this.qualities, quality: this.quality };
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
  let clock: number;
  beforeEach(() => {
    clock = 1000;
    frames.length = 0;
    runtime = new FakeRuntime();
    errors = [];
    runtimes = [];
    busy = [];
    player = new StudentPlayer(runtime, CANVAS, {
      now: () => clock,
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
    expect(player.stats()).toMatchObject({ frames: 1, last: 5, p50: 5, p95: 5 });
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

  describe('with a speed', () => {
    /** Paints a pose in `ms` of the clock. */
    async function paint(first: number, ms: number): Promise<void> {
      player.setPose(pose(first));
      clock += 100;
      await tick();
      clock += ms;
      await runtime.finishFrame();
    }

    it('is always exact until told otherwise, however slow', async () => {
      await player.load(CHARACTER);
      for (let i = 1; i <= 20; i++) await paint(i / 32, 500);
      expect(new Set(runtime.painted)).toEqual(new Set(['exact']));
      expect(player.stats()).toMatchObject({ quality: 'exact', pace: 'steady', cacheHitRate: null });
    });

    it('takes a quality, and makes a picture that rests exact', async () => {
      await player.load(CHARACTER);
      player.setSpeed('half');
      await paint(0.25, 20);
      await paint(0.5, 20);
      expect(runtime.painted).toEqual(['half', 'half']);
      await tick();
      expect(runtime.painted).toHaveLength(2);
      let settled = false;
      void player.settled().then(() => {
        settled = true;
      });
      clock += 1000;
      await tick();
      expect(settled).toBe(false);
      await runtime.finishFrame();
      expect(runtime.painted).toEqual(['half', 'half', 'exact']);
      expect(runtime.poses.at(-1)).toBe(0.5);
      await tick();
      expect(settled).toBe(true);
      expect(player.stats()).toMatchObject({ quality: 'exact' });
    });

    it('counts a quality that is not offered as exact', async () => {
      await player.load(CHARACTER);
      player.setSpeed('reuse');
      await paint(0.25, 20);
      expect(runtime.painted).toEqual(['exact']);
      expect(player.stats().quality).toBe('exact');
    });

    it('finds a quality that holds the budget, and says how it goes', async () => {
      await player.load(CHARACTER);
      player.setSpeed('auto');
      for (let i = 1; i <= 12; i++) await paint(i / 32, 60);
      expect(runtime.painted.slice(0, 4)).toEqual(['exact', 'exact', 'exact', 'exact']);
      expect(runtime.painted.at(-1)).toBe('half');
      // A frame each 160 ms of the clock.
      expect(player.stats().fps).toBeCloseTo(6.25, 2);
      expect(player.stats()).toMatchObject({ quality: 'half', pace: 'slow' });
    });

    it('paints once a second while it is told that the page is hidden', async () => {
      await player.load(CHARACTER);
      player.setSpeed('auto');
      await paint(0.25, 10);
      player.setHidden(true);
      await paint(0.5, 10);
      expect(runtime.poses).toEqual([0.25]);
      clock += 1000;
      await tick();
      await runtime.finishFrame();
      expect(runtime.poses).toEqual([0.25, 0.5]);
      expect(player.stats().pace).toBe('hidden');
    });

    it('counts what came from a cache, and does not take its time for a frame time', async () => {
      await player.load(CHARACTER);
      runtime.cached = false;
      await paint(0.25, 10);
      runtime.cached = true;
      await paint(0.5, 1);
      await paint(0.75, 1);
      expect(player.stats().cacheHitRate).toBeCloseTo(2 / 3, 12);
      expect(player.stats()).toMatchObject({ frames: 1, last: 5 });
    });
  });
});
