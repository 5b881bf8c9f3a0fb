// `pnpm size`: what visitors load, held to the limits of .size-limit.json, after `pnpm build`. @tha4/element is weighed
// as it is published; of the other packages, what a bundler makes of a page that imports them.
import { readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { ROOT, runBin } from './run.ts';

/** Where .size-limit.json looks. */
const BUNDLES = join(ROOT, 'dist/size');

/** What a page imports, by the name of the bundle. */
const PAGES = {
  student: ["import { createStudentRuntime, fetchCharacter, StudentPlayer } from '@tha4/student';", 'packages/student'],
  'pose-mapper': ["import { createPoseDriver, LipSync } from '@tha4/pose-mapper';", 'packages/pose-mapper'],
} as const;

async function bundle(name: string, source: string, folder: string): Promise<void> {
  const entry = join(ROOT, folder, 'size-entry.js');
  await build({
    root: join(ROOT, folder),
    configFile: false,
    logLevel: 'warn',
    plugins: [
      {
        name: 'page',
        resolveId: (id) => (id === entry ? id : undefined),
        // Exported again, or the bundler would leave out what nothing calls.
        load: (id) => (id === entry ? source.replace('import', 'export') : undefined),
      },
    ],
    build: {
      outDir: join(BUNDLES, name),
      emptyOutDir: true,
      target: 'es2022',
      chunkSizeWarningLimit: 4096,
      rollupOptions: {
        input: entry,
        preserveEntrySignatures: 'strict',
        external: /^@tensorflow\//,
        output: { entryFileNames: 'index.js', chunkFileNames: '[name].js' },
      },
    },
  });
}

/** Throws unless a check names all that its files import at once: a chunk with a new name would go unweighed. */
function isComplete({ name, path }: { readonly name: string; readonly path: readonly string[] }): void {
  for (const file of path) {
    const code = readFileSync(join(ROOT, file), 'utf8');
    for (const [, imported] of code.matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+)["'`]/g)) {
      if (!path.includes(`${dirname(file)}/${imported}`)) {
        throw new Error(`.size-limit.json: expected "${name}" to name ${imported}, which ${file} imports; add it`);
      }
    }
  }
}

rmSync(BUNDLES, { recursive: true, force: true });
for (const [name, [source, folder]] of Object.entries(PAGES)) await bundle(name, source, folder);
for (const check of JSON.parse(readFileSync(join(ROOT, '.size-limit.json'), 'utf8'))) isComplete(check);
process.exitCode = await runBin('size-limit', 'bin.js', process.argv.slice(2));
