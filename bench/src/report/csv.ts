import type { Row } from './row.ts';

/** When a run was, and of what. */
export interface RunStamp {
  /** Version of the packages and commit, e.g. `0.1.0+1a2b3c4`. */
  readonly release: string;
  /** `2026-11-22` */
  readonly date: string;
  readonly character: string;
  /** Load of the machine over a minute when the run began and when it ended. */
  readonly load: string;
}

const STAMP_COLUMNS: readonly (keyof RunStamp)[] = ['release', 'date', 'character', 'load'];
const ROW_COLUMNS: readonly (keyof Row)[] = [
  'environment',
  'name',
  'medianMs',
  'p95Ms',
  'cpuMs',
  'frames',
  'ratio',
  'control',
  'gflop',
  'megabytes',
  'firstFrameMs',
  'scriptKilobytesGzip',
  'device',
  'engine',
];

/** First line of a results file. */
export const CSV_HEADER: string = [...STAMP_COLUMNS, ...ROW_COLUMNS].join(',');

/** A line for each row; see `CSV_HEADER`. */
export function csvLines(rows: readonly Row[], stamp: RunStamp): string[] {
  return rows.map((row) =>
    [...STAMP_COLUMNS.map((key) => stamp[key]), ...ROW_COLUMNS.map((key) => row[key])].map(field).join(','),
  );
}

/** File name for a machine, e.g. `amd-epyc-2-cores.csv`. */
export function csvName(cpu: string): string {
  const words = cpu
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${words || 'unknown'}.csv`;
}

/** Quoted where it has to be (RFC 4180). */
function field(value: string | number | null): string {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
