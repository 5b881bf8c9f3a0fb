import { execFileSync, type StdioOptions } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CSV_HEADER, csvLines, csvName, type RunStamp } from './csv.ts';
import type { Row } from './row.ts';

const FOLDER = fileURLToPath(new URL('../../', import.meta.url));
const RESULTS = join(FOLDER, 'results');
const STUDENT = new URL('../../../packages/student/package.json', import.meta.url);

/** Appends a run to the results of this machine. @returns the file's path */
export function saveRows(rows: readonly Row[], stamp: RunStamp, cpu: string): string {
  const path = join(RESULTS, csvName(cpu));
  mkdirSync(RESULTS, { recursive: true });
  const header = existsSync(path) ? [] : [CSV_HEADER];
  appendFileSync(path, `${[...header, ...csvLines(rows, stamp)].join('\n')}\n`);
  return path;
}

/** Version of the packages, and the commit where there is a repository. */
export function releaseName(): string {
  const { version } = JSON.parse(readFileSync(STUDENT, 'utf8')) as { readonly version: string };
  try {
    const stdio: StdioOptions = ['ignore', 'pipe', 'ignore'];
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: FOLDER,
      encoding: 'utf8',
      stdio,
    }).trim();
    return `${version}+${commit}`;
  } catch {
    return version; // a copy without its history
  }
}
