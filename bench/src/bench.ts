import { setTimeout } from 'node:timers/promises';
import type { Character } from '@tha4/core';
import { openStadium, type Stadium } from './browser/stadium.ts';
import { openCharacter } from './character/open-character.ts';
import { shareOf, tilesOfFrames } from './character/painted-tiles.ts';
import { surveyed } from './character/survey.ts';
import { syntheticCharacter } from './character/synthetic-character.ts';
import { writeWorkingFiles } from './character/working-files.ts';
import { conduct, type Player, type Rules } from './conduct.ts';
import { chooseContestants } from './contestants/contestants.ts';
import { engineWork } from './contestants/engine-work.ts';
import { meanWork } from './count/work.ts';
import { openNodeSeat } from './node/node-seat.ts';
import { motionPoses, roundPoses } from './poses.ts';
import { cpuName } from './report/machine.ts';
import { makeRows, type Row } from './report/row.ts';
import type { Absence } from './report/table.ts';
import type { Seat } from './seat.ts';

/** A contestant that has not painted by then is left out. */
const OPEN_LIMIT_MS = 600_000;

/** What to measure. */
export interface BenchOptions extends Rules {
  /** A character's file or folder; `null` takes the synthetic one. */
  readonly character: string | null;
  /** Parts of names; empty for all. */
  readonly only: readonly string[];
  readonly quick: boolean;
  /** A motion in small steps instead of another random pose in each round. */
  readonly motion: boolean;
}

/** What was measured, and who could not be. */
export interface BenchResult {
  readonly rows: readonly Row[];
  readonly absences: readonly Absence[];
  readonly character: string;
  /** Share of the picture that a frame on the CPU paints where tiles are left out, 0..1: the mean of the rounds. */
  readonly paintedShare: number;
}

/** Measures contestants side by side. @param note takes a line about what is being done */
export async function bench(options: BenchOptions, note: (line: string) => void): Promise<BenchResult> {
  const contestants = chooseContestants(options.only, options.quick);
  const character = await takeCharacter(options.character, note);
  const folder = writeWorkingFiles(character);
  const players: Player[] = [];
  const absences: Absence[] = [];
  const pose = options.motion ? motionPoses() : roundPoses();
  let stadium: Stadium | null = null;
  try {
    for (const contestant of contestants) {
      const { name, place, engine } = contestant;
      note(`${place}: ${name}`);
      try {
        if (place === 'chromium' && stadium === null) stadium = await openStadium(folder.path);
        const opening =
          place === 'node' ? openNodeSeat(engine, folder.path, pose(0)) : stadium!.openSeat(engine, pose(0));
        const seat = await withinLimit(opening);
        note(`  first frame after ${seat.firstFrameMs.toFixed(0)} ms: ${seat.engine}`);
        players.push({ contestant, seat, times: [] });
      } catch (error) {
        const reason = (error as Error).message.split('\n')[0]!;
        note(`  did not run: ${reason}`);
        absences.push({ name, environment: place, reason });
      }
    }
    await conduct(players, options, pose, note);
  } finally {
    for (const { seat } of players) await seat.close();
    await stadium?.close();
    folder.remove();
  }
  const frames = await tilesOfFrames(character, pose, options.rounds);
  const measured = players.map((player) => ({
    ...player,
    work: meanWork(frames.map((tiles) => engineWork(player.contestant.engine, character.config, tiles))),
  }));
  const painted = frames.reduce((sum, tiles) => sum + shareOf(tiles.cpu), 0) / frames.length;
  return { rows: makeRows(measured, cpuName()), absences, character: character.manifest.name, paintedShare: painted };
}

async function takeCharacter(path: string | null, note: (line: string) => void): Promise<Character> {
  if (path !== null) return surveyed(await openCharacter(path), note);
  note('no character given: measuring a synthetic one with a fixed map of tiles');
  return syntheticCharacter();
}

/** A seat, unless it takes too long; then it is closed when it opens after all. @throws when it took too long */
async function withinLimit(opening: Promise<Seat>): Promise<Seat> {
  const limit = new AbortController();
  const late = setTimeout(OPEN_LIMIT_MS, null, { signal: limit.signal }).then(() => {
    opening.then((seat) => seat.close()).catch(() => undefined);
    throw new Error(`expected a first frame within ${OPEN_LIMIT_MS / 60_000} minutes, got none`);
  });
  try {
    return await Promise.race([opening, late]);
  } finally {
    limit.abort();
    late.catch(() => undefined);
  }
}
