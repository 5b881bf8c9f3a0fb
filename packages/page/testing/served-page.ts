import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type PreviewServer, preview } from 'vite';

/** What a careful host would send: nothing from elsewhere, no inline code. */
const policy = (connect: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    `connect-src ${["'self'", ...connect].join(' ')}`,
  ].join('; ');

/** The built page, in a folder of its own. */
export interface BuiltPage {
  /** Serves it below `/pose/`, with a character where one is given. */
  serve(character?: string): Promise<{ readonly url: string; close(): Promise<void> }>;
  remove(): void;
}

/**
 * Builds a page as `pnpm build` does, into a temporary folder.
 *
 * @param root the app's folder
 * @param connect where the page may connect beside its own host, as a content security policy says it
 */
export async function buildPage(root: string, connect: readonly string[] = []): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'tha4-built-page-'));
  const outDir = join(folder, 'dist');
  await withEnvironment('NODE_ENV', 'production', () =>
    build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true } }),
  );
  return {
    serve: async (character) => {
      const server = await withEnvironment('THA4_CHARACTER', character, () =>
        preview({
          root,
          base: '/pose/',
          logLevel: 'error',
          build: { outDir },
          preview: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': policy(connect) } },
        }),
      );
      return { url: addressOf(server), close: () => server.close() };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function addressOf(server: PreviewServer): string {
  const address = server.httpServer.address();
  if (address === null || typeof address === 'string') throw new Error('preview: expected a port, got none');
  return `http://127.0.0.1:${address.port}/pose/`;
}

async function withEnvironment<R>(name: string, value: string | undefined, body: () => Promise<R>): Promise<R> {
  const before = process.env[name];
  const set = (to: string | undefined): void => {
    if (to === undefined) delete process.env[name];
    else process.env[name] = to;
  };
  set(value);
  try {
    return await body();
  } finally {
    set(before);
  }
}
