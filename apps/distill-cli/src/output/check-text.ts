import type { CheckResult } from '../commands/check.ts';
import { humanBytes, humanDecibels } from './human.ts';
import { provenanceRows } from './provenance-rows.ts';
import type { Style } from './style.ts';
import { clean, table } from './table.ts';

/** What `tha4 check` prints: the verdict first, then the numbers. */
export function checkText(result: CheckResult, style: Style): string {
  const { ok, problems, warnings, name, path, sizes, neutralPsnr, convention, provenance } = result;
  const verdict = ok ? style.good('Sound') : style.bad('Not sound');
  const lines = [
    ...problems.map((text) => `  ${style.bad('Problem')}  ${clean(text)}\n`),
    ...warnings.map((text) => `  ${style.warn('Note')}     ${clean(text)}\n`),
  ];
  const both = (pair: { fp32: number; fp16: number }) =>
    `${humanBytes(pair.fp32)} as fp32, ${humanBytes(pair.fp16)} as fp16`;
  const numbers =
    sizes === null || provenance === null
      ? ''
      : table(
          [
            ['At rest', `${humanDecibels(neutralPsnr)} PSNR against the picture (${convention})`],
            ['Picture', humanBytes(sizes.picture)],
            ['Weights', both(sizes.weights)],
            ['As a .tha', both(sizes.whole)],
            ...provenanceRows(provenance),
          ],
          style,
        );
  return `${verdict}: ${style.bold(clean(name ?? path))}\n${lines.join('')}${numbers}`;
}
