import { describe, expect, it } from 'vitest';
import { FrameQueue, type Turn } from './frame-queue.ts';

/** A machine that paints in `cost` milliseconds, looked at every 16. */
class Machine {
  clock = 0;
  readonly queue = new FrameQueue(() => this.clock);
  readonly frames = new Map<Turn, string[]>();
  awake = true;

  constructor(characters: number, cost: (quality: string) => number) {
    for (let i = 0; i < characters; i++) {
      const painted: string[] = [];
      const turn: Turn = {
        awake: () => this.awake || i === 0,
        wants: () => true,
        paint: async (quality) => {
          this.clock += cost(quality);
          painted.push(quality);
          return { quality, qualities: ['exact', 'half'] };
        },
      };
      this.frames.set(turn, painted);
      this.queue.add(turn);
    }
  }

  async run(milliseconds: number): Promise<number[]> {
    for (const painted of this.frames.values()) painted.length = 0;
    const end = this.clock + milliseconds;
    while (this.clock < end) {
      const before = this.clock;
      await this.queue.step();
      if (this.clock === before) this.clock += 1;
    }
    return [...this.frames.values()].map((painted) => painted.length);
  }
}

describe('the turns of a page', () => {
  it('give each thirty frames a second on a fast machine', async () => {
    const counts = await new Machine(4, () => 2).run(1000);
    for (const count of counts) expect(Math.abs(count - 32)).toBeLessThan(4);
  });

  it('give all of them the same on a slow one, and take cheaper frames', async () => {
    const machine = new Machine(5, (quality) => (quality === 'exact' ? 80 : 20));
    await machine.run(500);
    const counts = await machine.run(2000);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    expect(Math.min(...counts)).toBeGreaterThan(15);
    for (const painted of machine.frames.values()) expect(painted.at(-1)).toBe('half');
  });

  it('go to those that can be seen, with the whole budget', async () => {
    const machine = new Machine(5, (quality) => (quality === 'exact' ? 20 : 10));
    await machine.run(1000);
    machine.awake = false;
    await machine.run(12_000); // a better quality is tried again after a while
    const counts = await machine.run(1000);
    expect(counts.slice(1)).toEqual([0, 0, 0, 0]);
    expect(counts[0]).toBeGreaterThan(25);
    expect([...machine.frames.values()][0]!.at(-1)).toBe('exact');
  });
});
