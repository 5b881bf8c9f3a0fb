// `pnpm --filter @tha4/kernels assemble`: compiles assembly/ twice (plain SIMD, relaxed SIMD) and writes the binaries,
// about 4 kB each, as base64 into src/binaries.generated.ts, so that a page needs no further file.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compileKernels } from './compile-kernels.ts';

const target = fileURLToPath(new URL('src/binaries.generated.ts', import.meta.url));
await writeFile(target, await compileKernels());
console.log('assemble: wrote src/binaries.generated.ts');
