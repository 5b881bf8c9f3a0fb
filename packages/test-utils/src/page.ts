import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { build, defaultClientConditions, preview } from 'vite';
import { chromiumArguments, findChromium } from './chromium.ts';

/** A page that is built and served, to be closed at the end. */
export interface ServedPage {
  /** Address of its `index.html`, with a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** What a page's server is to say beside the page. */
export interface ServeOptions {
  /** Headers of every answer, e.g. those of cross-origin isolation. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Builds the page in a folder from the packages' sources, into a temporary folder, and serves it on this machine.
 *
 * @param root folder with an `index.html`
 */
export async function servePage(root: string, { headers = {} }: ServeOptions = {}): Promise<ServedPage> {
  const outDir = mkdtempSync(join(tmpdir(), 'tha4-page-'));
  const common = { root, configFile: false, logLevel: 'warn' } as const;
  await build({
    ...common,
    base: './',
    build: { outDir, emptyOutDir: true, target: 'es2022', chunkSizeWarningLimit: 4096 },
    resolve: { conditions: ['@tha4/source', ...defaultClientConditions] },
    worker: { format: 'es' },
  });
  const server = await preview({
    ...common,
    appType: 'mpa',
    build: { outDir },
    preview: { host: '127.0.0.1', port: 0, headers: { ...headers } },
  });
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error(`servePage: expected a port, got ${address}`);
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

/** Starts a headless Chromium; see `findChromium`. @param flags besides the usual ones */
export function launchChromium(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...chromiumArguments(), ...flags] });
}
