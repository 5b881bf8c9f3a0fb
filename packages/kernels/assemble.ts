// `pnpm --filter @tha4/kernels assemble`: compiles assembly/ and writes the binaries, compressed, as base64 into
// src/*.generated.ts, so that a page needs no further file.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileKernels } from './compile-kernels.ts';

for (const [file, text] of await compileKernels()) {
  await writeFile(fileURLToPath(new URL(`src/${file}`, import.meta.url)), text);
  console.log(`assemble: wrote src/${file}`);
}
