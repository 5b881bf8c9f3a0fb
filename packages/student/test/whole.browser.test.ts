import { fileURLToPath } from 'node:url';
import { hashUniform } from '@tha4/test-utils';
import { launchChromium, type ServedPage, servePage } from '@tha4/test-utils/page';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Harness } from './pages/whole/main.ts';
import { soakFile } from './soak.ts';

/** Chromium's switches for WebGL and WebGPU where there is no GPU. */
const FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

/** In all, with those of the CPU's runtimes beside the code; a GPU that a CPU emulates needs long for each. */
const FRAMES = 2000;

let site: ServedPage;
let browser: Browser;
let page: Page;
beforeAll(async () => {
  site = await servePage(fileURLToPath(new URL('./pages/whole/', import.meta.url)));
  browser = await launchChromium(FLAGS);
  page = await browser.newPage();
  page.on('pageerror', (error) => console.error('page:', error.message));
  await page.route('**/files/soak.tha', (route) => route.fulfill({ body: Buffer.from(soakFile()) }));
  await page.goto(site.url);
  await page.waitForFunction(() => 'harness' in window);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

function ask<K extends keyof Harness>(
  name: K,
  ...parameters: Parameters<Harness[K]>
): Promise<Awaited<ReturnType<Harness[K]>>> {
  return page.evaluate(
    ([key, values]) =>
      (window as unknown as { harness: Record<string, (...p: unknown[]) => unknown> }).harness[key]!(...values),
    [name, parameters] as const,
  ) as Promise<Awaited<ReturnType<Harness[K]>>>;
}

describe('2,000 random poses', () => {
  test.each(['webgl', 'webgpu'] as const)(
    'look the same on %s and on the CPU, and leave nothing behind',
    async (name) => {
      const start = performance.now();
      const { worst, before, after } = await ask('soak', '/files/soak.tha', name, FRAMES);
      const seconds = ((performance.now() - start) / 1000).toFixed(0);
      console.log(`soak, ${name}: ${FRAMES} frames in ${seconds} s, off by ${worst} of 255 at most, ${after} bytes`);
      expect(worst).toBeLessThanOrEqual(2);
      expect(before).toBeGreaterThan(0);
      expect(after).toBe(before);
    },
  );
});

describe("a worker with the page's canvas", () => {
  test('runs everything and draws there, without a frame for the page', async () => {
    const poses = ['a', 'b'].map((key) => hashUniform(key, 45).map((value) => value * 0.5));
    const [a, b, hidden] = await ask(
      'playInWorker',
      '/files/soak.tha',
      poses.map((pose) => [...pose]),
    );
    expect(a!.off).toBeLessThanOrEqual(1);
    expect(b!.off).toBeLessThanOrEqual(1);
    expect(
      a!.first.some((value) => value > 0),
      'something to see',
    ).toBe(true);
    expect(a!.first).not.toEqual(b!.first);
    expect(a!.pace).toBe('steady');
    expect(hidden!.pace).toBe('hidden');
  });
});
