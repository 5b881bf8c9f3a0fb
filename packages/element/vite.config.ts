import { fileURLToPath } from 'node:url';
import { defaultClientConditions, defineConfig } from 'vite';

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

// Everything that runs is in `dist`, with relative addresses and no bare imports, so that a page without a bundler can
// load it as it is. The worker and what it loads on demand are files beside it.
export default defineConfig({
  base: './',
  resolve: { conditions: ['@tha4/source', ...defaultClientConditions] },
  worker: { format: 'es', rollupOptions: { output: { entryFileNames: '[name].js', chunkFileNames: '[name].js' } } },
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
