import { join } from 'node:path';
import { readSystem } from '@tha4/teacher/official';
import {
  type FetchedFile,
  fetchWeights,
  locateWeights,
  placeOf,
  rememberWeights,
  SYSTEM_NAMES,
  SYSTEMS,
  type SystemFacts,
  type SystemName,
  weightsFolder,
} from '@tha4/teacher/weights';
import { InterruptedError, UsageError } from '../errors.ts';
import type { Ask, Reporter } from '../io.ts';
import { humanBytes } from '../output/human.ts';

export interface FetchConfig {
  readonly system: string;
  /** Another address than the author's, or `null`. */
  readonly from: string | null;
  /** Folder, or `null` for the usual one. */
  readonly to: string | null;
  /** Whether the licence was accepted on the command line. */
  readonly accept: boolean;
}

export interface FetchResult {
  readonly command: 'weights fetch';
  readonly system: string;
  readonly licence: string;
  readonly folder: string;
  readonly files: readonly FetchedFile[];
}

/**
 * Shows the licence, asks, downloads, checks, and remembers the place.
 *
 * @param ask `null` where nobody can be asked
 */
export async function fetchSystem(config: FetchConfig, ask: Ask | null, reporter: Reporter): Promise<FetchResult> {
  const facts = factsOf(config.system);
  const { title, licence, terms, licenceUrl, page, archive } = facts;
  const url = config.from ?? archive;
  reporter.note(`${title} weights, by Pramook Khungurn (${page})`);
  reporter.note(`Licence: ${licence}: ${terms}.`);
  reporter.note(`         ${licenceUrl}`);
  reporter.note(`From:    ${url}`);
  if (!config.accept) await accept(licence, ask);
  const folder = join(config.to ?? weightsFolder(), placeOf(facts.name));
  const progress = megabytes(reporter);
  try {
    const check = (unpacked: string): Promise<void> => checkAll(facts, unpacked);
    const events = { progress: progress.at, note: reporter.note };
    const files = await fetchWeights(facts, { url, folder, check }, events, reporter.signal);
    await rememberWeights(facts.name, folder);
    return { command: 'weights fetch', system: facts.name, licence, folder, files };
  } catch (error) {
    if (!reporter.signal.aborted) throw error;
    throw new InterruptedError('Stopped; what came so far is kept, and the same command goes on from there.');
  } finally {
    progress.stop();
  }
}

function factsOf(name: string): SystemFacts {
  // One archive holds both families of THA3.
  const facts = name === 'tha4' || name === 'tha3' ? SYSTEMS[name] : null;
  if (facts !== null) return facts;
  throw new UsageError(`weights fetch: expected tha4 or tha3, got '${name}'`);
}

async function accept(licence: string, ask: Ask | null): Promise<void> {
  if (ask === null) {
    throw new UsageError(`weights fetch: expected the licence ${licence} to be accepted; add --accept-licence`);
  }
  const answer = (await ask(`Do you accept ${licence}? (yes/no) `)).trim().toLowerCase();
  if (answer !== 'yes' && answer !== 'y') throw new InterruptedError('Nothing was downloaded.');
}

/** Every family that the archive holds whole is checked against its networks; it holds at least the one asked for. */
async function checkAll(facts: SystemFacts, folder: string): Promise<void> {
  const systems: readonly SystemName[] = SYSTEM_NAMES.filter((name) => placeOf(name) === placeOf(facts.name));
  for (const system of systems) {
    const located = await locateWeights(system, folder);
    const fits = located.files[0]!.where.includes(SYSTEMS[system].folders[0]!) || system === facts.name;
    if (fits) await readSystem(located, { keep: false });
  }
}

/** A progress in megabytes, once their number is known. */
function megabytes({ progress, note }: Reporter): {
  readonly at: (done: number, total: number | null) => void;
  readonly stop: () => void;
} {
  let steps: ReturnType<Reporter['progress']> | null = null;
  let shown = 0;
  return {
    at: (done, total) => {
      if (total === null) return;
      if (steps === null) {
        note(`Downloading ${humanBytes(total)}.`);
        steps = progress('Downloading (MB)', Math.ceil(total / 1e6));
      }
      for (const now = Math.floor(done / 1e6); shown < now; shown++) steps.step();
    },
    stop: () => steps?.stop(),
  };
}
