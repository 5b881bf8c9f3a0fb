import type { Row } from './row.ts';

/** A contestant that did not run, and why. */
export interface Absence {
  readonly name: string;
  readonly environment: string;
  readonly reason: string;
}

/** Headings of a table's columns; the first column holds names. */
export const HEADINGS: readonly string[] = [
  '',
  'median',
  'p95',
  'cpu',
  'frames',
  'ratio',
  'GFLOP',
  'MB',
  'first',
  'gzip',
];

/** Rows for people, aligned, a block for each environment and device. */
export function tableText(rows: readonly Row[], absences: readonly Absence[]): string {
  const blocks = byDevice(rows);
  const width = Math.max(...rows.map(({ name }) => name.length), 0);
  const lines = [...blocks].flatMap(([title, block]) => {
    const controls = [...new Set(block.map(({ control }) => control))].join('; ');
    return [
      title,
      `(ratio: times as fast as ${controls})`,
      aligned(HEADINGS, width),
      ...block.map((row) => aligned(cells(row), width)),
      '',
    ];
  });
  const absent = absences.map(({ name, environment, reason }) => `did not run: ${name} (${environment}): ${reason}`);
  return [...lines, ...absent].join('\n').trimEnd();
}

/** Rows by what they ran on, in words, in their order. */
export function byDevice(rows: readonly Row[]): ReadonlyMap<string, readonly Row[]> {
  const blocks = new Map<string, Row[]>();
  for (const row of rows) {
    const title = `${row.environment} on ${row.device}`;
    blocks.set(title, [...(blocks.get(title) ?? []), row]);
  }
  return blocks;
}

/** A row's cells, one for each heading. */
export function cells(row: Row): string[] {
  return [
    row.name,
    milliseconds(row.medianMs),
    milliseconds(row.p95Ms),
    row.cpuMs === null ? '-' : milliseconds(row.cpuMs),
    String(row.frames),
    row.ratio === null ? '-' : `${row.ratio.toFixed(2)}x`,
    row.gflop.toFixed(1),
    row.megabytes.toFixed(0),
    milliseconds(row.firstFrameMs),
    row.scriptKilobytesGzip === null ? '-' : `${row.scriptKilobytesGzip.toFixed(0)} kB`,
  ];
}

/** A time in words. */
export function milliseconds(ms: number): string {
  return ms < 10 ? `${ms.toFixed(2)} ms` : `${ms.toFixed(0)} ms`;
}

/** The first cell to the left, the others to the right. */
function aligned([name, ...others]: readonly string[], width: number): string {
  return `  ${name!.padEnd(width)}${others.map((cell) => cell.padStart(10)).join('')}`.trimEnd();
}
