// `pnpm build:site`: one folder, `site/dist`, for any host and any path on it: both demos with the demo character, the
// documentation with the API reference, and the devices that were measured.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { brokenLinks } from './broken-links.ts';
import { deviceTable, type MeasuredRow } from './device-table.ts';
import { ROOT, runBin, runTurbo } from './run.ts';

const SITE = resolve(ROOT, 'site');
const DIST = join(SITE, 'dist');
const from = (...parts: string[]): string => resolve(ROOT, ...parts);

/** What the site shows beside its own pages: file or folder in the repository, place in the site. */
const PARTS = [
  { made: 'packages/demo-character/aurelia.tha', place: 'aurelia.tha' },
  { made: 'apps/web-manual', place: 'manual' },
  { made: 'apps/web-webcam', place: 'webcam' },
] as const;

async function buildSite(partial: boolean): Promise<number> {
  const missing = PARTS.filter(({ made }) => !existsSync(from(made)));
  for (const { made, place } of missing)
    console.error(`build:site: expected ${made} for the site's ${place}, got none`);
  if (missing.length > 0 && !partial) {
    console.error('build:site: nothing was built; --partial builds the site without them, to look at');
    return 1;
  }
  const parts = PARTS.filter((part) => !missing.includes(part));
  const apps = parts.filter(({ made }) => made.startsWith('apps/'));
  const filters = apps.map(({ made }) => `--filter=${basename(made)}...`);
  const built = await runTurbo(['run', 'build', '--filter=@tha4/element', ...filters, '--output-logs=errors-only']);
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
  for (const { made, place } of parts) {
    cpSync(made.startsWith('apps/') ? from(made, 'dist') : from(made), join(DIST, place), { recursive: true });
  }
  const page = join(DIST, 'index.html');
  writeFileSync(page, readFileSync(page, 'utf8').replace('<!-- devices -->', deviceTable(measuredRows())));
  const left = new Set(missing.map(({ place }) => join(DIST, place)));
  const broken = brokenLinks(DIST).filter(({ target }) => !left.has(target));
  for (const { page: at, link } of broken) console.error(`build:site: ${at}: ${link} leads nowhere`);
  if (broken.length > 0 && !partial) return 1;
  console.log(`site: ${DIST} is ready for any host${partial ? ', as far as it was built' : ''}`);
  return 0;
}

/** All rows of `pnpm bench --save`. */
function measuredRows(): readonly MeasuredRow[] {
  const folder = from('bench/results');
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.csv')) : [];
  return files.flatMap((file) => parse(readFileSync(join(folder, file)), { columns: true }) as MeasuredRow[]);
}

process.exitCode = await buildSite(process.argv.includes('--partial'));
