import { existsSync } from 'node:fs';
import { findChromium } from '../packages/test-utils/src/chromium.ts';
import { run, runBin } from './run.ts';

/**
 * Path of a Chromium for the browser tests: the one that is there, else installed through apt-get (root on Debian),
 * else through Playwright's installer.
 *
 * @throws when none could be had, saying what to do
 */
export async function ensureChromium(): Promise<string> {
  const there = find();
  if (there !== null) return there;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log('test: no Chromium found; installing Debian\'s "chromium" with apt-get');
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await run('apt-get', ['update', '-qq'], { env });
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env });
  } else {
    console.log("test: no Chromium found; installing one with Playwright's installer");
    await runBin('playwright-core', 'cli.js', ['install', 'chromium']);
  }
  const installed = find();
  if (installed !== null) return installed;
  throw new Error('test: expected a Chromium, got none; install one, or set CHROMIUM_PATH to its program');
}

function find(): string | null {
  try {
    return findChromium();
  } catch {
    return null; // it says what to install; here that is done instead
  }
}
