import type { FetchResult } from '../commands/fetch-weights.ts';
import type { WeightsStatus } from '../commands/weights-status.ts';
import { counted, humanBytes } from './human.ts';
import type { Style } from './style.ts';
import { type Row, table } from './table.ts';

/** What `tha4 weights` prints. */
export function weightsStatusText({ systems, cache }: WeightsStatus, style: Style): string {
  const rows = systems.map(({ name, path, missing, licence, page }): Row => {
    const where = path ?? (missing.length === 5 ? 'not here' : `incomplete, missing ${missing.join(', ')}`);
    return [name, `${where}\n${licence}, ${page}`];
  });
  return table([...rows, ['cache', cache]], style);
}

/** What `tha4 weights fetch` prints. */
export function fetchText({ system, licence, folder, files }: FetchResult, style: Style): string {
  const size = humanBytes(files.reduce((sum, { bytes }) => sum + bytes, 0));
  return `${style.good('Fetched')} ${style.bold(system)} to ${folder} (${counted(files.length, 'file')}, ${size}, ${licence}); --teacher ${system} finds them there\n`;
}
