import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig, type Plugin } from 'vite';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** `new Worker(new URL(new URL(name, here).href, here), { type: ...`, as Vite writes it into a library. */
const NESTED = /new Worker\(new URL\(\s*(?:\/\*.*?\*\/\s*)?(new URL\([^()]*\))\.href,[^()]*\),\{type:`module`/g;

/** Addresses of workers in the one form that the bundlers of other people's pages follow. */
const plainWorkerUrls = (): Plugin => ({
  name: 'plain-worker-urls',
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      chunk.code = chunk.code.replace(NESTED, (_found, address: string) => {
        return `new Worker(${address.replace(/new URL\(([`"'])/, 'new URL($1./')},{type:"module"`;
      });
    }
  },
});

// Everything that runs is in `dist`, with relative addresses and no bare imports, so that a page without a bundler can
// load it as it is. The worker and what it loads on demand are files beside it.
export default defineConfig({
  base: './',
  resolve: { conditions: ['@tha4/source', ...defaultClientConditions] },
  plugins: [plainWorkerUrls()],
  worker: {
    format: 'es',
    plugins: () => [plainWorkerUrls()],
    rollupOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } },
  },
  build: {
    target: 'es2022',
    chunkSizeWarningLimit: 4096,
    lib: { entry: { index: path('src/index.ts'), react: path('src/react.ts') }, formats: ['es'] },
    rollupOptions: {
      external: ['react'],
      output: { entryFileNames: '[name].js', chunkFileNames: '[name].js', minify: true },
    },
  },
});
