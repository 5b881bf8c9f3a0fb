import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { launchChromium, servePage } from '@tha4/test-utils/page';
import type { Page } from 'playwright-core';
import type { Engine } from '../contestants/contestant.ts';
import type { Seat } from '../seat.ts';
import type { BenchPage } from './bench-page.ts';
import { ISOLATION_HEADERS, SOFTWARE_GPU_FLAGS } from './flags.ts';

/** A browser with the built page, in which contestants get a tab each. */
export interface Stadium {
  openSeat(engine: Engine, pose: readonly number[]): Promise<Seat>;
  close(): Promise<void>;
}

/** Builds the page, serves it, and starts a browser. @param folder the working files */
export async function openStadium(folder: string): Promise<Stadium> {
  const site = await servePage(fileURLToPath(new URL('../../page/', import.meta.url)), { headers: ISOLATION_HEADERS });
  const browser = await launchChromium(SOFTWARE_GPU_FLAGS).catch(async (error: unknown) => {
    await site.close();
    throw error;
  });
  const environment = `headless Chromium ${browser.version()}`;
  return {
    async openSeat(engine, pose) {
      // A context of its own: nothing comes from a cache that another contestant has filled.
      const context = await browser.newContext();
      const page = await context.newPage();
      try {
        const loaded = watchScripts(page);
        await page.route('**/files/*', async (route) => {
          const name = new URL(route.request().url()).pathname.split('/').at(-1)!;
          await route.fulfill({ body: await readFile(join(folder, name)), contentType: 'application/octet-stream' });
        });
        await page.goto(`${site.url}#${encodeURIComponent(JSON.stringify({ engine, pose }))}`);
        const opened = await page.evaluate(() => (globalThis as unknown as BenchPage).opened);
        return {
          ...opened,
          environment,
          scriptKilobytesGzip: await gzipKilobytes(loaded),
          paint: async (next) => ({
            ms: await page.evaluate((values) => (globalThis as unknown as BenchPage).paint(values), next),
            cpuMs: null,
          }),
          close: () => context.close(),
        };
      } catch (error) {
        await context.close();
        throw error;
      }
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Addresses of the scripts and binaries that a page and its workers load, growing. */
function watchScripts(page: Page): ReadonlySet<string> {
  const loaded = new Set<string>();
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (/^http/.test(url.protocol) && /\.(m?js|wasm)$/.test(url.pathname)) loaded.add(url.origin + url.pathname);
  });
  return loaded;
}

async function gzipKilobytes(urls: ReadonlySet<string>): Promise<number> {
  const sizes = await Promise.all(
    [...urls].map(async (url) => gzipSync(new Uint8Array(await (await fetch(url)).arrayBuffer()), { level: 9 }).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}
