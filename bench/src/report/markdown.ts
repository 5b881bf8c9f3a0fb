import type { Row } from './row.ts';
import { type Absence, byDevice, cells, HEADINGS } from './table.ts';

/** The same as `tableText`, as tables of Markdown. */
export function markdownText(rows: readonly Row[], absences: readonly Absence[]): string {
  const blocks = [...byDevice(rows)].map(([title, block]) =>
    [
      `**${title}**`,
      '',
      line(HEADINGS),
      line(HEADINGS.map((_, column) => (column === 0 ? '---' : '---:'))),
      ...block.map((row) => line(cells(row))),
    ].join('\n'),
  );
  const absent = absences.map(({ name, environment, reason }) => `Did not run: ${name} (${environment}): ${reason}`);
  return [...blocks, ...absent].join('\n\n');
}

function line(texts: readonly string[]): string {
  return `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
}
