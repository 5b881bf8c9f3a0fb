// `pnpm bench`: every runtime against other engines, side by side.
import { resolve } from 'node:path';
import { type Arguments, readArguments } from './arguments.ts';
import { type BenchResult, bench } from './bench.ts';
import { cpuName, load, memorySize } from './report/machine.ts';
import { markdownText } from './report/markdown.ts';
import { releaseName, saveRows } from './report/save.ts';
import { tableText } from './report/table.ts';

const note = (line: string): void => console.error(line);

async function main({
  character,
  json,
  markdown,
  only,
  rounds,
  budget,
  quick,
  motion,
  save,
}: Arguments): Promise<void> {
  const loadBefore = load();
  const date = new Date().toISOString();
  const path = character === null ? null : resolve(character);
  const result = await bench({ character: path, only, rounds, quick, motion, budgetMs: budget * 1000 }, note);
  const loads = `${loadBefore} to ${load()}`;
  if (save) {
    const stamp = { release: releaseName(), date: date.slice(0, 10), character: result.character, load: loads };
    note(`saved to ${saveRows(result.rows, stamp, cpuName())}`);
  }
  const text = reportText(result, date, loads);
  if (json) {
    note(`\n${text}`);
    console.log(JSON.stringify(result.rows, null, 2));
  } else console.log(markdown ? markdownText(result.rows, result.absences) : text);
}

function reportText({ rows, absences, character, paintedShare }: BenchResult, date: string, loads: string): string {
  return [
    `${character}: ${(paintedShare * 100).toFixed(0)} % of the picture painted in a frame where tiles are left out`,
    `${cpuName()}, ${memorySize()}; load ${loads} (last minute): where it exceeds the cores, trust ratios, not times`,
    `${date.slice(0, 16).replace('T', ' ')} UTC, release ${releaseName()}, ${process.platform} ${process.arch}`,
    '',
    tableText(rows, absences),
  ].join('\n');
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  await main(readArguments(process.argv.slice(2)));
} catch (error) {
  note(`bench: ${(error as Error).message}`);
  process.exitCode = 1;
}
