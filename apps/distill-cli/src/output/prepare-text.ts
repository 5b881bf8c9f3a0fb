import type { PrepareResult } from '../commands/prepare.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** What `tha4 prepare` prints: the verdict, what is wrong, what was done, the files. */
export function prepareText({ picture, out, files, report }: PrepareResult, style: Style): string {
  const verdict = report.ok ? style.good(report.conforming ? 'Good as it is' : 'Ready') : style.bad('Not usable');
  const lines = report.findings.map(({ kind, text }) =>
    kind === 'problem' ? `  ${style.bad('Problem')}  ${clean(text)}\n` : `  ${style.warn('Note')}     ${clean(text)}\n`,
  );
  const { width, height } = report.input;
  const rows = table(
    [
      ['Picture', `${width} x ${height} px`],
      ['Done', report.done.length === 0 ? 'nothing, its pixels are unchanged' : report.done.join('\n')],
      ['Face mask', `${Math.round(100 * report.mask.coverage)}% of the face, ${MASK_FROM[report.mask.from]}`],
      ['Written', files.map((name) => `${out.replace(/[\\/]+$/, '')}/${name}`).join('\n')],
    ],
    style,
  );
  const advice = report.ok ? 'Look at overlay.png before you spend hours on it.\n' : 'overlay.png shows where.\n';
  return `${verdict}: ${style.bold(clean(picture))}\n${lines.join('')}${rows}${advice}`;
}

const MASK_FROM = {
  picture: 'found in the picture',
  usual: 'its usual boxes',
  given: 'as given',
} as const;
