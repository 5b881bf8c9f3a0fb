import { readFileSync } from 'node:fs';
import { decodePng, writeCharacter } from '@tha4/core';
import { type BuiltPage, buildPage, smallCharacter } from '@tha4/page/testing';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch, PAGE, PageDriver } from './page-driver.ts';

let built: BuiltPage;
let browser: Browser;
let served: Awaited<ReturnType<BuiltPage['serve']>>;

beforeAll(async () => {
  [built, browser] = await Promise.all([buildPage(PAGE), launch()]);
  served = await built.serve();
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  built?.remove();
});

describe('web-manual ?bench', () => {
  it('measures the open character, shares rows and a picture, and loads nothing before it is asked for', async () => {
    const { page } = await PageDriver.open(browser, served.url, true);
    const scripts: string[] = [];
    page.on('request', (request) => scripts.push(request.url()));
    const buffer = Buffer.from(writeCharacter(smallCharacter('Disc')));
    await page.setInputFiles('#open-files', { name: 'disc.tha', mimeType: '', buffer });
    await page.waitForSelector('body[data-state="ready"][data-open]');
    expect(scripts.filter((url) => /bench/.test(url))).toEqual([]);
    await page.click('#measure');
    await page.click('#bench-start');
    await page.waitForSelector('.bench-card', { timeout: 120_000 });
    await page.click('[data-form="JSON"]');
    const rows = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    const names = rows.map(({ name }: { name: string }) => name);
    expect(names).toContainEqual(expect.stringMatching(/^ours wasm 1 thread/));
    for (const row of rows) expect(row).toMatchObject({ medianMs: expect.any(Number), p95Ms: expect.any(Number) });
    // The first frame counts from the page's navigation.
    const [navigation] = await page.evaluate(() =>
      performance.getEntriesByType('navigation').map((one) => one.toJSON()),
    );
    expect(navigation.domContentLoadedEventEnd).toBeGreaterThan(0);
    for (const row of rows) expect(row.firstFrameMs).toBeGreaterThan(navigation.domContentLoadedEventEnd);
    expect(rows[0].device).toMatch(/core/);
    const [file] = await Promise.all([page.waitForEvent('download'), page.click('#bench-save')]);
    const png = decodePng(readFileSync(await file.path()), 'card');
    expect(png.width).toBeGreaterThanOrEqual(600);
    await page.context().close();
  });

  it('is opened by its address, and can be cancelled', async () => {
    const { page } = await PageDriver.open(browser, served.url, true);
    await page.goto(`${served.url}?bench&character=`);
    await page.click('#bench-start');
    await page.click('#bench-close');
    await page.locator('.bench-line', { hasText: 'Cancelled' }).waitFor();
    expect(await page.locator('.bench-card').count()).toBe(0);
    await page.click('#bench-close');
    await page.waitForSelector('#bench', { state: 'detached' });
    await page.context().close();
  });
});
