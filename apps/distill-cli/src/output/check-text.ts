import type { CheckResult, PackedSizes } from '../commands/check.ts';
import { humanBytes, humanDecibels, paintedWords } from './human.ts';
import { provenanceRows } from './provenance-rows.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** What `tha4 check` prints: the verdict first, then the numbers. */
export function checkText(result: CheckResult, style: Style): string {
  const { ok, problems, warnings, name, path, sizes, neutralPsnr, convention, provenance, paintedShare } = result;
  const verdict = ok ? style.good('Sound') : style.bad('Not sound');
  const lines = [
    ...problems.map((text) => `  ${style.bad('Problem')}  ${clean(text)}\n`),
    ...warnings.map((text) => `  ${style.warn('Note')}     ${clean(text)}\n`),
  ];
  const all = ({ fp32, int16, fp16 }: PackedSizes) =>
    `${humanBytes(int16)} as int16, ${humanBytes(fp32)} as fp32, ${humanBytes(fp16)} as fp16`;
  const numbers =
    sizes === null || provenance === null
      ? ''
      : table(
          [
            ['At rest', `${humanDecibels(neutralPsnr)} PSNR against the picture (${convention})`],
            ['Picture', humanBytes(sizes.picture)],
            ['Weights', all(sizes.weights)],
            ['As a .tha', all(sizes.whole)],
            ['Painted', paintedShare === null ? 'all of the picture' : paintedWords(paintedShare)],
            ...provenanceRows(provenance),
          ],
          style,
        );
  return `${verdict}: ${style.bold(clean(name ?? path))}\n${lines.join('')}${numbers}`;
}
