import { defaultClientConditions, defineConfig } from 'vite';
import { serveCharacter } from './serve-character.ts';

export default defineConfig({
  // Relative addresses: the built page works in any folder of a server.
  base: './',
  // A missing file is a 404, never this page again.
  appType: 'mpa',
  resolve: { conditions: ['@tha4/source', ...defaultClientConditions] },
  worker: { format: 'es' },
  plugins: [serveCharacter(process.env.THA4_CHARACTER)],
});
