// `pnpm check:packages`: what npm would get of each package, checked after `pnpm build`: publint and are-the-types-wrong
// on the packed files, and knip for exports, files and dependencies that nobody uses.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, run, runBin } from './run.ts';

const packages = readdirSync(join(ROOT, 'packages'))
  .map((folder) => join(ROOT, 'packages', folder))
  .filter((folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).private !== true);
const packed = mkdtempSync(join(tmpdir(), 'tha4-packed-'));
let failed = 0;
const check = async (code: Promise<number>): Promise<void> => {
  if ((await code) !== 0) failed++;
};

for (const folder of packages) {
  await check(run('npx', ['-y', 'pnpm@10', 'pack', '--pack-destination', packed], { cwd: folder }));
}
for (const file of readdirSync(packed)) {
  const path = join(packed, file);
  await check(runBin('publint', 'src/cli.js', ['run', path, '--strict']));
  // All packages are ES modules only, and files such as pictures have no types.
  await check(runBin('@arethetypeswrong/cli', 'dist/index.js', [path, '--profile', 'esm-only', '--format', 'ascii']));
}
await check(runBin('knip', 'bin/knip.js', []));
rmSync(packed, { recursive: true, force: true });
if (failed > 0) console.error(`check:packages: ${failed} of the checks above failed`);
process.exitCode = failed === 0 ? 0 : 1;
