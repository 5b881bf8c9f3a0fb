import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const VARIANTS = {
  SIMD_BASE64: ['--enable', 'simd'],
  RELAXED_SIMD_BASE64: ['--enable', 'simd', '--enable', 'relaxed-simd'],
};

/** Compiles the kernels. @returns text of `src/binaries.generated.ts`; the same sources give the same text */
export async function compileKernels(): Promise<string> {
  const lines = ['// Made from assembly/ by `pnpm --filter @tha4/kernels assemble`. Do not edit.'];
  for (const [name, features] of Object.entries(VARIANTS)) {
    const binary = await compile(features);
    lines.push(`export const ${name}: string =`, `  '${Buffer.from(binary).toString('base64')}';`);
  }
  return `${lines.join('\n')}\n`;
}

async function compile(features: readonly string[]): Promise<Uint8Array> {
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
      ...features,
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
