import { describe, expect, it } from 'vitest';
import type { Quality } from '../../quality.ts';
import { Pace } from './pace.ts';

const ALL: readonly Quality[] = ['exact', 'reuse', 'half'];

/** Plays a pace against a machine on a clock of its own. */
class Machine {
  readonly pace: Pace;
  now = 0;
  /** What a frame of a quality takes, milliseconds. */
  cost: (quality: Quality) => number;
  hidden = false;
  readonly starts: number[] = [];
  readonly qualities: Quality[] = [];

  constructor(framesPerSecond: number, cost: (quality: Quality) => number, offered = ALL) {
    this.pace = new Pace(framesPerSecond);
    this.pace.offer(offered);
    this.cost = cost;
  }

  /** Paints for some seconds, a frame whenever one may begin. */
  run(seconds: number): this {
    const end = this.now + seconds * 1000;
    for (;;) {
      const { quality, at } = this.pace.next(this.hidden);
      const start = Math.max(this.now, at);
      if (start >= end) break;
      const ms = this.cost(quality);
      this.starts.push(start);
      this.qualities.push(quality);
      this.now = start + ms;
      this.pace.note({ quality, start, ms });
    }
    this.now = Math.max(this.now, end);
    return this;
  }

  /** Frames a second since a moment. */
  rateSince(moment: number): number {
    return (this.starts.filter((start) => start >= moment).length * 1000) / (this.now - moment);
  }

  changes(): number {
    return this.qualities.filter((quality, i) => i > 0 && quality !== this.qualities[i - 1]).length;
  }
}

const costs = (exact: number, reuse: number, half: number) => (quality: Quality) => ({ exact, reuse, half })[quality];

describe('Pace', () => {
  it('stays exact, at the wished rate, where there is room', () => {
    const machine = new Machine(30, () => 12).run(20);
    expect(new Set(machine.qualities)).toEqual(new Set(['exact']));
    expect(machine.rateSince(0)).toBeCloseTo(30, 0);
    expect(machine.pace.state).toBe('steady');
  });

  it('takes the best quality that holds the budget', () => {
    expect(new Machine(30, costs(60, 25, 15)).run(3).qualities.at(-1)).toBe('reuse');
    expect(new Machine(30, costs(60, 45, 30)).run(3).qualities.at(-1)).toBe('half');
    expect(new Machine(30, costs(60, 45, 30), ['exact']).run(3).qualities.at(-1)).toBe('exact');
  });

  it('does not swing: what was too slow is tried again ever more seldom', () => {
    const machine = new Machine(30, costs(50, 45, 20)).run(10);
    const early = machine.changes();
    machine.run(300);
    expect(machine.qualities.at(-1)).toBe('half');
    // Two steps down at first; then a try (up and down) after 4, 8, 16, 32 and 60 seconds, and each minute after that.
    expect(early).toBeLessThanOrEqual(6);
    expect(machine.changes()).toBeLessThanOrEqual(2 + 2 * 10);
    const better = machine.qualities.filter((quality) => quality !== 'half').length;
    expect(better / machine.qualities.length).toBeLessThan(0.02);
  });

  it('judges a mixture of cheap and dear frames by the dear ones', () => {
    let count = 0;
    const machine = new Machine(30, (quality) => (quality === 'half' ? 20 : count++ % 2 === 0 ? 10 : 80)).run(3);
    expect(machine.qualities.at(-1)).toBe('half');
  });

  it('lowers the rate evenly when the cheapest is too slow', () => {
    const machine = new Machine(30, costs(200, 120, 80)).run(5);
    const settled = machine.now;
    machine.run(3);
    expect(machine.qualities.at(-1)).toBe('half');
    expect(machine.pace.state).toBe('slow');
    const gaps = machine.starts
      .filter((start) => start > settled)
      .map((start, i, all) => start - (all[i - 1] ?? start));
    expect(Math.max(...gaps.slice(1))).toBeCloseTo(100, 6);
    expect(Math.min(...gaps.slice(1))).toBeCloseTo(100, 6);
  });

  it('returns when there is room again', () => {
    const machine = new Machine(30, costs(60, 50, 25)).run(10);
    expect(machine.qualities.at(-1)).toBe('half');
    machine.cost = costs(15, 10, 8);
    machine.run(70);
    expect(machine.qualities.at(-1)).toBe('exact');
    expect(machine.pace.state).toBe('steady');
  });

  it('leaves half the frames to a machine that is busy, and takes them back', () => {
    const machine = new Machine(60, () => 4).run(3);
    machine.cost = () => 10; // still within the budget, but far from usual
    const busyFrom = machine.now;
    machine.run(1);
    expect(machine.pace.state).toBe('busy');
    expect(machine.rateSince(busyFrom + 300)).toBeLessThan(32);
    expect(machine.qualities.at(-1)).toBe('exact');
    machine.cost = () => 4;
    const calmFrom = machine.now;
    machine.run(2);
    expect(machine.pace.state).toBe('steady');
    expect(machine.rateSince(calmFrom + 1000)).toBeGreaterThan(55);
  });

  it('takes what stays slow for usual after a while', () => {
    const machine = new Machine(60, () => 4).run(3);
    machine.cost = () => 10;
    machine.run(30);
    expect(machine.pace.state).toBe('steady');
  });

  it('paints once a second while the page is hidden, learns nothing from it, and goes on as before', () => {
    const machine = new Machine(30, () => 12).run(3);
    machine.hidden = true;
    machine.cost = () => 900;
    const hiddenFrom = machine.now;
    machine.run(10);
    expect(machine.rateSince(hiddenFrom)).toBeLessThan(1.2);
    expect(machine.pace.state).toBe('hidden');
    machine.hidden = false;
    machine.cost = () => 12;
    const shownFrom = machine.now;
    machine.run(2);
    expect(machine.rateSince(shownFrom)).toBeGreaterThan(28);
    expect(machine.qualities.at(-1)).toBe('exact');
  });

  it('wants a resting picture exact, after a moment, and only once', () => {
    const machine = new Machine(30, costs(60, 45, 20)).run(3);
    const rest = machine.pace.rest(false, 'half')!;
    expect(rest.quality).toBe('exact');
    expect(rest.at - machine.now).toBeGreaterThan(100);
    expect(machine.pace.rest(false, 'exact')).toBeNull();
    expect(machine.pace.rest(true, 'half')).toBeNull();
    machine.pace.note({ quality: 'exact', start: rest.at, ms: 60 });
    expect(machine.pace.next(false).quality).toBe('half');
  });

  it('starts anew when the runtime offers something else', () => {
    const machine = new Machine(30, costs(60, 50, 25)).run(3);
    machine.pace.offer(['exact']);
    expect(machine.pace.next(false).quality).toBe('exact');
  });
});
