import { join } from 'node:path';
import { ROOT, run, runBin } from './run.ts';

/** Sizes of what `pnpm build` made, held to .size-limit.json; the exit code. */
export function checkSizes(): Promise<number> {
  return run(process.execPath, ['--import', import.meta.resolve('tsx'), join(ROOT, 'scripts/size.ts')]);
}

/** Exports, files and dependencies that nobody uses; the exit code. */
export function checkUnused(): Promise<number> {
  return runBin('knip', 'bin/knip.js', ['--no-progress', '--treat-config-hints-as-errors']);
}
