import { fileURLToPath } from 'node:url';
import { readShared } from '@tha4/test-utils';
import { launchChromium, servePage } from '@tha4/test-utils/page';
import type { Page } from 'playwright-core';
import type { Harness } from './pages/webgl/main.ts';

/** Calls a function of the page's harness. */
export type Ask = <K extends keyof Harness>(
  name: K,
  ...parameters: Parameters<Harness[K]>
) => Promise<Awaited<ReturnType<Harness[K]>>>;

/** The test page in a browser. */
export interface WebglPage {
  /** Opens the page anew; the one before is closed. @param files what the page may fetch as `/files/<name>` */
  open(files?: ReadonlyMap<string, Uint8Array>): Promise<Ask>;
  close(): Promise<void>;
}

/** Builds and serves the page, with the shared test data beside it as `/shared/...`. */
export async function startWebglPage(): Promise<WebglPage> {
  const site = await servePage(fileURLToPath(new URL('./pages/webgl/', import.meta.url)));
  const browser = await launchChromium();
  let last: Page | null = null;
  const open = async (files: ReadonlyMap<string, Uint8Array> = new Map()): Promise<Ask> => {
    await last?.close();
    const page = await browser.newPage();
    last = page;
    page.setDefaultTimeout(0); // a frame at full size takes its time
    page.on('pageerror', (error) => console.error('page:', error.message));
    await page.route(/\/(shared|files)\//, (route) => {
      const [, kind, name] = /\/(shared|files)\/(.*)$/.exec(
        decodeURIComponent(new URL(route.request().url()).pathname),
      )!;
      const body = kind === 'shared' ? readShared(name!) : files.get(name!);
      return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: Buffer.from(body) });
    });
    await page.goto(site.url);
    await page.waitForFunction(() => 'harness' in globalThis);
    return ((name: string, ...parameters: unknown[]) =>
      page.evaluate(
        ([key, values]) =>
          (globalThis as unknown as { harness: Record<string, (...p: unknown[]) => unknown> }).harness[key]!(...values),
        [name, parameters] as const,
      )) as Ask;
  };
  return {
    open,
    async close() {
      await browser.close();
      await site.close();
    },
  };
}

/** Bytes that the page sent as base64. */
export function bytesOf(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}

/** The same as float32. */
export function floatsOf(base64: string): Float32Array {
  return new Float32Array(bytesOf(base64).slice().buffer);
}
