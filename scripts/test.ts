// `pnpm test [vitest arguments]`: makes sure of a Chromium for the browser suite, then runs every suite.
import { ensureChromium } from './ensure-chromium.ts';
import { run } from './run.ts';

const chromium = await ensureChromium();
console.log(`test: the browser suite runs in ${chromium}`);
const vitest = new URL('../node_modules/vitest/vitest.mjs', import.meta.url).pathname;
process.exitCode = await run(process.execPath, [vitest, 'run', ...process.argv.slice(2)], {
  env: { CHROMIUM_PATH: chromium },
});
