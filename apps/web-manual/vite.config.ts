import { defaultClientConditions, defineConfig } from 'vite';
import { serveCharacter } from './serve-character.ts';

export default defineConfig({
  // Relative addresses: the built page works in any folder of a server.
  base: './',
  // A missing file is a 404, never this page again.
  appType: 'mpa',
  resolve: { conditions: ['@tha4/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  // Known from the start, so that the first visit of a dev server does not reload half-way.
  optimizeDeps: {
    include: ['core', 'backend-cpu', 'backend-wasm', 'backend-webgl'].map(
      (part) => `@tha4/student > @tensorflow/tfjs-${part}`,
    ),
  },
  plugins: [serveCharacter(process.env.THA4_CHARACTER)],
});
