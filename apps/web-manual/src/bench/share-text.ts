import { CSV_HEADER, csvLines, markdownText, milliseconds } from 'bench/page-kit';
import type { DeviceResult } from './measure.ts';

/** Forms in which a result can be copied. */
export const SHARE_FORMS = ['Text', 'Markdown', 'CSV', 'JSON'] as const;
export type ShareForm = (typeof SHARE_FORMS)[number];

/** A result as text; rows of JSON and CSV have the shape of `pnpm bench`. @param date `2026-11-22` */
export function shareText({ rows, absences, character }: DeviceResult, form: ShareForm, date: string): string {
  switch (form) {
    case 'Text':
      return [
        `${rows[0]?.environment ?? ''} on ${rows[0]?.device ?? ''}, character ${character}`,
        ...rows.map((row) => `${row.name}: ${milliseconds(row.medianMs)} (p95 ${milliseconds(row.p95Ms)})`),
        ...absences.map(({ name, reason }) => `${name}: did not run: ${reason}`),
      ].join('\n');
    case 'Markdown':
      return markdownText(rows, absences);
    case 'CSV':
      return [CSV_HEADER, ...csvLines(rows, { release: 'page', date, character, load: 'unknown' })].join('\n');
    case 'JSON':
      return JSON.stringify(rows, null, 2);
  }
}
