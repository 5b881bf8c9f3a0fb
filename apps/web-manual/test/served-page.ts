import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type PreviewServer, preview } from 'vite';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** What a careful host would send: nothing from elsewhere, no inline code. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
].join('; ');

/** The built page, in a folder of its own. */
export interface BuiltPage {
  /** Serves it below `/pose/`, with a character where one is given. */
  serve(character?: string): Promise<{ readonly url: string; close(): Promise<void> }>;
  remove(): void;
}

/** Builds the page as `pnpm build` does, into a temporary folder. */
export async function buildPage(): Promise<BuiltPage> {
  const folder = mkdtempSync(join(tmpdir(), 'web-manual-'));
  const outDir = join(folder, 'dist');
  await withEnvironment('NODE_ENV', 'production', () =>
    build({ root: ROOT, logLevel: 'error', build: { outDir, emptyOutDir: true } }),
  );
  return {
    serve: async (character) => {
      const server = await withEnvironment('THA4_CHARACTER', character, () =>
        preview({
          root: ROOT,
          base: '/pose/',
          logLevel: 'error',
          build: { outDir },
          preview: { host: '127.0.0.1', port: 0, headers: { 'Content-Security-Policy': POLICY } },
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
