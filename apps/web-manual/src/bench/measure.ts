import type { Character } from '@tha4/core';
import {
  type Absence,
  conduct,
  engineWork,
  makeRows,
  type Player,
  type Row,
  roundPoses,
  type Seat,
  tilesToPaint,
} from 'bench/page-kit';
import { visitorContestants } from './contestants.ts';
import { openSeat } from './open-seat.ts';

/** Frames of each contestant, and how long all of its frames may take before it stays out. */
const ROUNDS = 20;
const BUDGET_MS = 8000;
/** Who needs longer for one frame is given up. */
const LIMIT_MS = 20_000;

/** What a visitor's device took. */
export interface DeviceResult {
  readonly rows: readonly Row[];
  readonly absences: readonly Absence[];
  readonly character: string;
  /** Side of its picture, pixels. */
  readonly size: number;
}

/** The device, in words. */
export interface Device {
  readonly cpu: string;
  readonly browser: string;
  /** Threads that the wasm runtime may use here. */
  readonly threads: number;
}

/**
 * Measures every runtime that works here, in turn.
 *
 * @param note takes a line about what is being done, and the share of the work that is done, 0..1
 * @throws the signal's reason when it is aborted; nothing runs on then
 */
export async function measureDevice(
  character: Character,
  { cpu, browser, threads }: Device,
  note: (line: string, share: number) => void,
  signal: AbortSignal,
): Promise<DeviceResult> {
  const contestants = visitorContestants(threads, character.manifest.visibleTiles !== undefined);
  const players: Player[] = [];
  const absences: Absence[] = [];
  const pose = roundPoses();
  const steps = contestants.length + ROUNDS;
  let done = 0;
  const step = (line: string): void => note(line, done++ / steps);
  try {
    for (const contestant of contestants) {
      step(`Starting ${contestant.name}`);
      try {
        const seat: Seat = await openSeat(contestant.engine, character, pose(0), browser, LIMIT_MS, signal);
        players.push({ contestant, seat, times: [] });
      } catch (error) {
        signal.throwIfAborted();
        absences.push({ name: contestant.name, environment: browser, reason: (error as Error).message });
      }
    }
    await conduct(players, { rounds: ROUNDS, budgetMs: BUDGET_MS }, pose, (line) => step(line));
  } finally {
    for (const { seat } of players) await seat.close();
  }
  const tiles = tilesToPaint(character); // of a first frame: those that follow paint less
  const measured = players.map((player) => ({
    ...player,
    work: engineWork(player.contestant.engine, character.config, { cpu: tiles, gpu: tiles }),
  }));
  return { rows: makeRows(measured, cpu), absences, character: character.manifest.name, size: character.image.width };
}
