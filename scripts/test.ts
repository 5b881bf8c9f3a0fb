// `pnpm test [vitest arguments]`: makes sure of a Chromium for the suites in one, then runs every suite, and, where
// nothing less was asked for, the checks of the packages that take seconds (`pnpm check:packages` has them all).
import { checkSizes, checkUnused } from './cheap-checks.ts';
import { ensureChromium } from './ensure-chromium.ts';
import { runBin } from './run.ts';

const chosen = process.argv.slice(2);
const chromium = await ensureChromium();
console.log(`test: what needs a browser runs in ${chromium}`);
const codes = [await runBin('vitest', 'vitest.mjs', ['run', ...chosen], { env: { CHROMIUM_PATH: chromium } })];
// The consumers' suite has built what is weighed.
if (chosen.length === 0) codes.push(await checkSizes(), await checkUnused());
process.exitCode = codes.find((code) => code !== 0) ?? 0;
