import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, defaultClientConditions, type Rollup } from 'vite';
import { describe, expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('../test/pages/player/main.ts', import.meta.url));
/** What a page may load to show a character, bytes of gzip; the kernels' binaries lie in the scripts. */
const MOST_BYTES = 60_000;
/** Loaded on demand and part of the sum: both runtimes. */
const ON_DEMAND = /\/student\/src\/(webgpu|wasm)\/index\.ts$/;

describe('the player without tfjs', () => {
  it('loads little: webgpu and wasm, reader, canvas and kernels together', async () => {
    const chunks = await builtChunks();
    const roots = [...chunks.values()].filter(
      ({ isEntry, facadeModuleId }) => isEntry || ON_DEMAND.test(facadeModuleId ?? ''),
    );
    expect(roots).toHaveLength(3);
    const loaded = new Set<Rollup.OutputChunk>();
    const load = (chunk: Rollup.OutputChunk): void => {
      if (loaded.has(chunk)) return;
      loaded.add(chunk);
      for (const name of chunk.imports) load(chunks.get(name)!);
    };
    for (const root of roots) load(root);
    const modules = [...loaded].flatMap(({ moduleIds }) => moduleIds);
    expect(modules.filter((id) => id.includes('@tensorflow'))).toEqual([]);
    expect(modules.some((id) => /\/kernels\/src\/binaries\.generated\.ts$/.test(id))).toBe(true);
    const bytes = [...loaded].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
    console.log(`the player without tfjs: ${(bytes / 1000).toFixed(1)} kB of gzip`);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
    expect(bytes).toBeGreaterThan(10_000); // an empty build would pass, too
  });
});

async function builtChunks(): Promise<ReadonlyMap<string, Rollup.OutputChunk>> {
  const built = (await build({
    configFile: false,
    logLevel: 'warn',
    build: { write: false, target: 'es2022', chunkSizeWarningLimit: 4096, rollupOptions: { input: ENTRY } },
    resolve: { conditions: ['@tha4/source', ...defaultClientConditions] },
  })) as Rollup.RollupOutput;
  return new Map(built.output.flatMap((part) => (part.type === 'chunk' ? [[part.fileName, part] as const] : [])));
}
