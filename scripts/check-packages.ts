// `pnpm check:packages`: what npm would get of each package, checked after `pnpm build`: publint and are-the-types-wrong
// on the packed files, sizes, and knip for exports, files and dependencies that nobody uses.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSizes, checkUnused } from './cheap-checks.ts';
import { packAll } from './pack.ts';
import { runBin } from './run.ts';

const packed = mkdtempSync(join(tmpdir(), 'tha4-packed-'));
let failed = 0;
const check = async (code: Promise<number>): Promise<void> => {
  if ((await code) !== 0) failed++;
};

for (const path of (await packAll(packed)).values()) {
  await check(runBin('publint', 'src/cli.js', ['run', path, '--strict']));
  // All packages are ES modules only, and files such as pictures have no types.
  const format = ['--profile', 'esm-only', '--format', 'table-flipped'];
  await check(runBin('@arethetypeswrong/cli', 'dist/index.js', [path, ...format]));
}
await check(checkSizes());
await check(checkUnused());
rmSync(packed, { recursive: true, force: true });
if (failed > 0) console.error(`check:packages: ${failed} of the checks above failed`);
process.exitCode = failed === 0 ? 0 : 1;
