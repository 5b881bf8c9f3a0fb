import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { writeCharacter } from '@tha4/core';
import { launchChromium, type ServedPage, servePage } from '@tha4/test-utils/page';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { smallCharacter } from '../../core/test/small-character.ts';
import type { Harness } from './pages/element/main.ts';

/** What a page may load to show a character, bytes of gzip; the kernels' binaries lie in the scripts. */
const MOST_BYTES = 60_000;

let site: ServedPage;
let browser: Browser;
let page: Page;
const problems: string[] = [];
beforeAll(async () => {
  site = await servePage(fileURLToPath(new URL('./pages/element/', import.meta.url)));
  browser = await launchChromium(['--js-flags=--expose-gc', '--autoplay-policy=no-user-gesture-required']);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(async () => {
  await page?.close();
  problems.length = 0;
  page = await openPage();
});

async function openPage(): Promise<Page> {
  const opened = await browser.newPage();
  opened.on('pageerror', (error) => problems.push(error.message));
  opened.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
  const small = writeCharacter(smallCharacter());
  await opened.route('**/small.tha', (route) => route.fulfill({ body: Buffer.from(small) }));
  await opened.route('**/other.tha', (route) => route.fulfill({ body: Buffer.from(small) }));
  await opened.goto(site.url);
  await opened.waitForFunction(() => 'harness' in window);
  return opened;
}

function ask<K extends Exclude<keyof Harness, 'emotions'>>(
  name: K,
  ...parameters: Parameters<Harness[K]>
): Promise<Awaited<ReturnType<Harness[K]>>> {
  return page.evaluate(
    ([key, values]) =>
      (window as unknown as { harness: Record<string, (...p: unknown[]) => unknown> }).harness[key]!(...values),
    [name, parameters] as const,
  ) as Promise<Awaited<ReturnType<Harness[K]>>>;
}

/** Adds an element and waits until it can be seen. */
async function addReady(attributes: Readonly<Record<string, string>> = {}): Promise<number> {
  const index = await ask('add', { src: 'small.tha', runtime: 'wasm', ...attributes });
  await until(async () => (await ask('see', index)).ready !== null);
  return index;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await page.waitForTimeout(20);
}

/** Frames that come in some time. */
async function framesWithin(index: number, milliseconds: number): Promise<number> {
  const before = (await ask('see', index)).frames;
  await page.waitForTimeout(milliseconds);
  return (await ask('see', index)).frames - before;
}

/** Names of the pictures that a screen reader finds. */
async function pictureNames(): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const pictures = nodes.filter(({ role }) => role?.value === 'image' || role?.value === 'img');
  return pictures.map(({ name }) => String(name?.value));
}

const differs = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

describe('<tha-character>', () => {
  test('lives under a strict content security policy, with a name for screen readers', async () => {
    const loaded = new Map<string, Promise<Buffer>>();
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) loaded.set(response.url(), response.body());
    });
    await page.reload();
    await page.waitForFunction(() => 'harness' in window);
    const index = await addReady();
    expect((await ask('see', index)).ready).toMatchObject({
      name: 'Small One',
      runtime: expect.stringMatching(/^wasm/),
    });
    expect(await pictureNames()).toEqual(['Small One']);
    await ask('set', index, 'alt', 'A green disc');
    expect(await pictureNames()).toEqual(['A green disc']);
    expect(await framesWithin(index, 1000)).toBeGreaterThan(5); // it breathes
    expect((await ask('pixels', index)).some((value) => value > 0)).toBe(true);
    expect(problems).toEqual([]);

    const scripts = await Promise.all(loaded.values());
    const bytes = scripts.reduce((sum, script) => sum + gzipSync(script, { level: 9 }).length, 0);
    console.log(
      `<tha-character>: ${scripts.length} scripts, ${(bytes / 1000).toFixed(1)} kB of gzip to the first frame`,
    );
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(bytes).toBeGreaterThan(20_000);
  });

  test('shows expressions, poses, glances, clips and speech, and rests without idle motion', async () => {
    const index = await addReady({ idle: 'none' });
    await until(async () => (await framesWithin(index, 300)) === 0);
    const resting = await ask('pixels', index);
    const change = async (act: () => Promise<unknown>): Promise<number> => {
      await act();
      do await page.waitForTimeout(200);
      while ((await framesWithin(index, 300)) > 0);
      return differs(await ask('pixels', index), resting);
    };
    expect(await change(() => ask('set', index, 'expression', 'joy'))).toBeGreaterThan(2);
    expect(await change(() => ask('set', index, 'expression', ''))).toBeLessThanOrEqual(1);
    expect(await change(() => ask('set', index, 'pose', '{"head_y": 1, "body_y": 1}'))).toBeGreaterThan(2);
    expect(await change(() => ask('setPose', index, { mouth_aaa: 1 }))).toBeGreaterThan(2);
    expect(await change(() => ask('setPose', index, null))).toBeLessThanOrEqual(1);
    expect(await change(() => ask('lookAt', index, 0, 0))).toBeGreaterThan(2);
    expect(await change(() => ask('lookAt', index))).toBeLessThanOrEqual(1);
    const played = ask('play', index, 'surprise', 800);
    await page.waitForTimeout(600);
    expect(differs(await ask('pixels', index), resting)).toBeGreaterThan(2);
    await played;
    expect(await change(async () => undefined)).toBeLessThanOrEqual(1);
    const spoken = ask('speak', index, 1200);
    await page.waitForTimeout(900);
    expect(differs(await ask('pixels', index), resting)).toBeGreaterThan(2);
    await spoken;
    expect(await change(async () => undefined)).toBeLessThanOrEqual(1);
    expect(problems).toEqual([]);
  });

  test('pauses, goes on, gives its picture, and is gone after destroy', async () => {
    const index = await addReady();
    const { type, size, pixels } = await ask('snapshot', index);
    expect([type, size]).toEqual(['image/png', 64]);
    expect(pixels.some((value) => value > 0)).toBe(true);
    await ask('call', index, 'pause');
    await page.waitForTimeout(200);
    expect(await framesWithin(index, 500)).toBe(0);
    await ask('call', index, 'resume');
    expect(await framesWithin(index, 500)).toBeGreaterThan(2);
    await ask('call', index, 'destroy');
    await page.waitForTimeout(100);
    expect(await framesWithin(index, 300)).toBe(0);
    await until(async () => (await ask('count')).every(({ characters, turns }) => characters === 0 && turns === 0));
    expect(problems).toEqual([]);
  });

  test('says what went wrong, and goes on', async () => {
    const missing = await ask('add', { src: 'nowhere.tha', runtime: 'wasm' });
    await until(async () => (await ask('see', missing)).errors.length > 0);
    expect((await ask('see', missing)).errors[0]).toMatch(/nowhere\.tha: expected the file, got HTTP 404/);
    await ask('set', missing, 'expression', 'hungry');
    expect((await ask('see', missing)).errors[1]).toMatch(/expression: expected one of admiration.*got 'hungry'/);
    await ask('set', missing, 'src', 'small.tha');
    await until(async () => (await ask('see', missing)).ready !== null);
  });

  test('keeps still for people who want less motion', async () => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const index = await addReady();
    await page.waitForTimeout(400);
    expect(await framesWithin(index, 1000)).toBe(0);
    await ask('set', index, 'expression', 'joy');
    await page.waitForTimeout(600);
    expect((await ask('see', index)).frames).toBeLessThanOrEqual(4);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await framesWithin(index, 800)).toBeGreaterThan(3);
  });

  test('twelve share a worker, take turns, and sleep off the screen', async () => {
    const all: number[] = [];
    for (let i = 0; i < 12; i++) all.push(await addReady({ src: i % 2 === 0 ? 'small.tha' : 'other.tha' }));
    expect(page.workers()).toHaveLength(1);
    expect(await ask('count')).toEqual([{ characters: 2, runtimes: 2, turns: 12 }]);
    await page.setViewportSize({ width: 400, height: 300 });
    await page.waitForTimeout(300);
    expect(await framesWithin(all[0]!, 700)).toBeGreaterThan(3);
    expect(await framesWithin(all.at(-1)!, 500)).toBe(0);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.waitForTimeout(300);
    expect(await framesWithin(all.at(-1)!, 700)).toBeGreaterThan(3);
    expect(await framesWithin(all[0]!, 500)).toBe(0);
    expect(problems).toEqual([]);
  });

  test('come and go a thousand times and leave nothing behind', async () => {
    const heap = async (): Promise<{ bytes: number; nodes: number }> => {
      const session = await page.context().newCDPSession(page);
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.enable').then(() => session.send('Performance.getMetrics'));
      const value = (name: string): number => metrics.find((metric) => metric.name === name)!.value;
      const found = { bytes: value('JSHeapUsedSize'), nodes: value('Nodes') };
      await session.detach();
      return found;
    };
    const attributes = { src: 'small.tha', runtime: 'wasm' };
    await ask('churn', 50, attributes);
    const before = await heap();
    const start = performance.now();
    await ask('churn', 1000, attributes);
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    const after = await heap();
    console.log(`twelve elements, 1,000 rounds in ${seconds} s: heap ${before.bytes} to ${after.bytes} bytes`);
    expect(page.workers()).toHaveLength(1);
    await until(async () => (await ask('count')).every(({ characters, turns }) => characters === 0 && turns === 0));
    expect((await ask('count'))[0]!.runtimes).toBe(0);
    expect(after.bytes - before.bytes).toBeLessThan(3e6); // an element alone holds a picture of a megabyte
    expect(after.nodes - before.nodes).toBeLessThan(1000);
    expect(problems).toEqual([]);
  });
});
