// `pnpm build:site`: one folder, `site/dist`, for any host and any path on it: both demos with the demo character, the
// documentation with the API reference, and the devices that were measured.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { deviceTable, type MeasuredRow } from './device-table.ts';
import { ROOT, runBin, runTurbo } from './run.ts';

const SITE = resolve(ROOT, 'site');
const DIST = join(SITE, 'dist');
const from = (...parts: string[]): string => resolve(ROOT, ...parts);

async function buildSite(): Promise<number> {
  const built = await runTurbo([
    'run',
    'build',
    '--filter=web-manual...',
    '--filter=web-webcam...',
    '--filter=@tha4/element',
    '--output-logs=errors-only',
  ]);
  if (built !== 0) return built;
  rmSync(DIST, { recursive: true, force: true });
  mkdirSync(DIST, { recursive: true });
  const documented = await runBin('typedoc', 'bin/typedoc', [], { cwd: SITE });
  if (documented !== 0) return documented;
  cpSync(join(SITE, 'page'), DIST, { recursive: true });
  cpSync(from('packages/element/dist'), join(DIST, 'element'), {
    recursive: true,
    filter: (path) => !path.endsWith('.d.ts'),
  });
  cpSync(from('packages/demo-character/aurelia.tha'), join(DIST, 'aurelia.tha'));
  for (const [app, folder] of [
    ['web-manual', 'manual'],
    ['web-webcam', 'webcam'],
  ] as const) {
    cpSync(from('apps', app, 'dist'), join(DIST, folder), { recursive: true });
  }
  const page = join(DIST, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<!-- devices -->', deviceTable(measuredRows())));
  console.log(`site: ${DIST} is ready for any host`);
  return 0;
}

/** All rows of `pnpm bench --save`. */
function measuredRows(): readonly MeasuredRow[] {
  const folder = from('bench/results');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.csv')) : [];
  return files.flatMap((file) => parse(readFileSync(join(folder, file)), { columns: true }) as MeasuredRow[]);
}

process.exitCode = await buildSite();
