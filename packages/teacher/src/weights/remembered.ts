import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import envPaths from 'env-paths';
import type { SystemName } from './systems.ts';

/** Where settings are kept: `THA4_CONFIG`, or the platform's folder for settings. */
export function configFile(): string {
  return join(process.env.THA4_CONFIG || envPaths('tha4', { suffix: '' }).config, 'config.json');
}

/** Where weights are put that are fetched: `THA4_WEIGHTS`, or the platform's folder for data. */
export function weightsFolder(): string {
  return process.env.THA4_WEIGHTS || join(envPaths('tha4', { suffix: '' }).data, 'weights');
}

/** The systems that share an archive share a place. */
type Place = 'tha4' | 'tha3';

/** Folder or zip that was used last for a system, or `null`. */
export async function rememberedWeights(system: SystemName): Promise<string | null> {
  const path = (await readConfig()).weights?.[placeOf(system)];
  return typeof path === 'string' ? path : null;
}

/** Keeps where a system's weights are. @returns whether that is new @throws what the file system throws */
export async function rememberWeights(system: SystemName, path: string): Promise<boolean> {
  const config = await readConfig();
  const place = placeOf(system);
  const absolute = resolve(path);
  if (config.weights?.[place] === absolute) return false;
  const file = configFile();
  await mkdir(dirname(file), { recursive: true });
  const changed = { ...config, weights: { ...config.weights, [place]: absolute } };
  await writeFile(file, `${JSON.stringify(changed, null, 2)}\n`);
  return true;
}

/** A system's own folder below `weightsFolder`. */
export function placeOf(system: SystemName): Place {
  return system === 'tha4' ? 'tha4' : 'tha3';
}

interface Config {
  readonly weights?: Readonly<Partial<Record<Place, string>>>;
}

/** A file that is not there, or that somebody has spoilt, remembers nothing. */
async function readConfig(): Promise<Config> {
  try {
    const config: unknown = JSON.parse(await readFile(configFile(), 'utf8'));
    return typeof config === 'object' && config !== null ? config : {};
  } catch {
    return {};
  }
}
