import type { Contestant } from './contestants/contestant.ts';
import type { FrameTime } from './painters/painter.ts';
import type { Seat } from './seat.ts';

/** A contestant in its seat, and its times so far. */
export interface Player {
  readonly contestant: Contestant;
  readonly seat: Seat;
  readonly times: FrameTime[];
}

/** How long everybody plays. */
export interface Rules {
  /** Frames of each contestant. */
  readonly rounds: number;
  /** A contestant whose frames have taken this long in all stays out of further rounds, milliseconds. */
  readonly budgetMs: number;
}

/** A first frame slower than this is warm-up enough, milliseconds. */
const SLOW_MS = 5000;

/**
 * Lets everybody paint in turn, the same pose in the same round, so that what else happens on the machine hits all
 * alike. Each round begins with another one, for the same reason. The first round is for warming up and not counted,
 * except for a contestant whose first frame has spent its whole budget: that frame is its only one.
 *
 * @param pose the 45 numbers of a round's pose
 */
export async function conduct(
  players: readonly Player[],
  { rounds, budgetMs }: Rules,
  pose: (round: number) => readonly number[],
  note: (line: string) => void,
): Promise<void> {
  for (const { seat, times } of players) {
    if (seat.firstPaintMs > budgetMs) times.push({ ms: seat.firstPaintMs, cpuMs: null });
    else if (seat.firstPaintMs < SLOW_MS) await seat.paint(pose(0));
  }
  for (let round = 1; round <= rounds; round++) {
    const playing = players.filter(({ times }) => mayPlay(times, budgetMs));
    for (let turn = 0; turn < playing.length; turn++) {
      const { seat, times } = playing[(turn + round) % playing.length]!;
      times.push(await seat.paint(pose(round)));
    }
    note(`round ${round} of ${rounds}: ${playing.length} of ${players.length} painted`);
  }
}

/** Whether a contestant's budget leaves room for another frame. */
export function mayPlay(times: readonly FrameTime[], budgetMs: number): boolean {
  const spent = times.reduce((sum, { ms }) => sum + ms, 0);
  return times.length === 0 || spent + spent / times.length <= budgetMs;
}
