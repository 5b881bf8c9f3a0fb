import { defaultClientConditions, type UserConfig } from 'vite';
import { notice, type WorkerLibrary } from './notice.ts';
import { serveCharacter } from './serve-character.ts';

// Makes the page cross-origin isolated, so that the wasm runtime may share memory between threads. Any other host
// works without these headers too, with one thread.
const headers = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** What the pages' Vite configs have in common. @param inWorkers what their workers bundle, for `NOTICE.txt` */
export function pageConfig(inWorkers: readonly WorkerLibrary[]): UserConfig {
  return {
    // Relative addresses: the built page works in any folder of a server.
    base: './',
    // A missing file is a 404, never this page again.
    appType: 'mpa',
    resolve: { conditions: ['@tha4/source', ...defaultClientConditions] },
    worker: { format: 'es' },
    // What the licences of the bundled libraries ask for: their texts beside the page.
    build: { license: { fileName: 'third-party-licences.md' } },
    server: { headers },
    preview: { headers },
    // Known from the start, so that the first visit of a dev server does not reload half-way.
    optimizeDeps: {
      include: ['core', 'backend-cpu', 'backend-wasm', 'backend-webgl'].map(
        (part) => `@tha4/page > @tha4/student > @tensorflow/tfjs-${part}`,
      ),
    },
    plugins: [serveCharacter(process.env.THA4_CHARACTER), notice(inWorkers)],
  };
}
