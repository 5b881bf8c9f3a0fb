import { fileURLToPath } from 'node:url';
import { readShared } from '@tha4/test-utils';
import { launchChromium, servePage } from '@tha4/test-utils/page';
import type { Page } from 'playwright-core';
import type { Harness } from './pages/webgpu/main.ts';

/** Chromium's switches for WebGPU, canvases included, where there is no GPU. */
const FLAGS = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

/** Calls a function of the page's harness. */
export type Ask = <K extends keyof Harness>(
  name: K,
  ...parameters: Parameters<Harness[K]>
) => Promise<Awaited<ReturnType<Harness[K]>>>;

/** The test page in a browser; each `open` is a page of its own. */
export interface WebgpuPage {
  /** @param files what the page may fetch as `/files/<name>` */
  open(files?: ReadonlyMap<string, Uint8Array>): Promise<Ask>;
  close(): Promise<void>;
}

/** Builds and serves the page, with the shared characters beside it as `/shared/...`. */
export async function startWebgpuPage(): Promise<WebgpuPage> {
  const site = await servePage(fileURLToPath(new URL('./pages/webgpu/', import.meta.url)));
  const browser = await launchChromium(FLAGS);
  const open = async (files: ReadonlyMap<string, Uint8Array> = new Map()): Promise<Ask> => {
    const page: Page = await browser.newPage();
    page.on('pageerror', (error) => console.error('page:', error.message));
    await page.route('**/shared/**', (route) => {
      const path = decodeURIComponent(new URL(route.request().url()).pathname.replace(/^.*\/shared\//, ''));
      return route.fulfill({ body: Buffer.from(readShared(path)) });
    });
    await page.route('**/files/**', (route) => {
      const body = files.get(new URL(route.request().url()).pathname.replace(/^.*\/files\//, ''));
      return body === undefined ? route.fulfill({ status: 404 }) : route.fulfill({ body: Buffer.from(body) });
    });
    await page.goto(site.url);
    await page.waitForFunction(() => 'harness' in window);
    return ((name: string, ...parameters: unknown[]) =>
      page.evaluate(
        ([key, values]) =>
          (window as unknown as { harness: Record<string, (...p: unknown[]) => unknown> }).harness[key]!(...values),
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
