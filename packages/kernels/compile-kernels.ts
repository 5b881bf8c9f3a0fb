import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const VARIANTS = { SIMD: ['simd'], RELAXED_SIMD: ['simd', 'relaxed-simd'] };
const MEMORIES = {
  'binaries.generated.ts': [],
  'shared-binaries.generated.ts': [
    '--enable',
    'threads',
    '--sharedMemory',
    '--initialMemory',
    '16',
    '--maximumMemory',
    '16384',
  ],
};

/**
 * Compiles the kernels: plain and relaxed SIMD, each for one thread's memory and for shared memory.
 *
 * @returns file name in `src/` -> its text; the same sources give the same text
 */
export async function compileKernels(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [file, memory] of Object.entries(MEMORIES)) {
    const lines = ['// Made from assembly/ by `pnpm --filter @tha4/kernels assemble`. Do not edit.'];
    for (const [name, features] of Object.entries(VARIANTS)) {
      const binary = await compile([...features.flatMap((feature) => ['--enable', feature]), ...memory]);
      lines.push(`export const ${name}: string =`, `  '${Buffer.from(binary).toString('base64')}';`);
    }
    files.set(file, `${lines.join('\n')}\n`);
  }
  return files;
}

async function compile(options: readonly string[]): Promise<Uint8Array> {
  let binary: Uint8Array | null = null;
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const { error, stderr } = await asc.main(
    [
      'assembly/index.ts',
      '--baseDir',
      folder,
      '-O3',
      '--converge',
      '--noAssert',
      '--runtime',
      'stub',
      '--importMemory',
      ...options,
      '--outFile',
      'kernels.wasm',
    ],
    {
      writeFile: (file: string, contents: Uint8Array | string) => {
        if (file === 'kernels.wasm') binary = contents as Uint8Array;
      },
    },
  );
  if (error !== null || binary === null) throw new Error(`kernels: expected them to compile, got ${stderr.toString()}`);
  return binary;
}
