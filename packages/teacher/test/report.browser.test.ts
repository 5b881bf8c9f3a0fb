import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '@tha4/test-utils/page';
import { expect, it } from 'vitest';
import { LIVE_SCRIPT, liveScript, reportPage } from '../src/report/report-page.ts';
import { DONE, RUNNING } from './support/report-data.ts';

it('a report from file:// follows the run, and becomes the finished one', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tha4 repört-'));
  const report = join(folder, 'report.html');
  const live = join(folder, LIVE_SCRIPT);
  writeFileSync(report, reportPage({ ...RUNNING, progress: 0 }));
  writeFileSync(live, liveScript(RUNNING, Date.now()));
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(pathToFileURL(report).href);
    await page.getByText('40%').waitFor();

    writeFileSync(live, liveScript({ ...RUNNING, progress: 0.7 }, Date.now()));
    await page.getByText('70%').waitFor();

    writeFileSync(report, reportPage(DONE));
    rmSync(live);
    await page.getByText('finished').waitFor();
    expect(await page.locator('script').count()).toBe(0);
    expect(asked.every((address) => /^(file|data):/.test(address))).toBe(true);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
