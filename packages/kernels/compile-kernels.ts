import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { zlibSync } from 'fflate';

const VARIANTS = { plain: ['simd'], relaxed: ['simd', 'relaxed-simd'] };

/** Options of a build whose memory threads share, which may grow to so many pages. */
const shared = (pages: number): string[] => [
  '--enable',
  'threads',
  '--sharedMemory',
  '--initialMemory',
  '16',
  '--maximumMemory',
  `${pages}`,
];

/** File in `src/` -> what it is compiled from, and by name with what memory. */
const BUILDS: Record<string, { readonly entry: string; readonly memories: Record<string, readonly string[]> }> = {
  'binaries.generated.ts': { entry: 'assembly/index.ts', memories: { own: [], shared: shared(16384) } },
  'training/binaries.generated.ts': { entry: 'assembly/training/index.ts', memories: { shared: shared(32768) } },
};

/**
 * Compiles the kernels, plain and relaxed SIMD: those that paint, for one thread's memory and for shared memory, and
 * those that train, for shared memory. What a file holds is compressed as one: its builds have most bytes in common.
 *
 * @returns file name in `src/` -> its text; the same sources give the same text
 */
export async function compileKernels(): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const [file, { entry, memories }] of Object.entries(BUILDS)) {
    const [binaries, lines]: [Uint8Array[], string[]] = [[], []];
    for (const [memory, options] of Object.entries(memories)) {
      for (const [variant, features] of Object.entries(VARIANTS)) {
        const binary = await compile(entry, [...features.flatMap((feature) => ['--enable', feature]), ...options]);
        binaries.push(binary);
        lines.push(`    { memory: '${memory}', variant: '${variant}', bytes: ${binary.length} },`);
      }
    }
    const text = Buffer.from(zlibSync(Buffer.concat(binaries), { level: 9, mem: 12 })).toString('base64');
    files.set(
      file,
      [
        '// Made from assembly/ by `pnpm --filter @tha4/kernels assemble`. Do not edit.',
        'export const BINARIES = {',
        '  list: [',
        ...lines,
        '  ],',
        `  zlib: '${text}',`,
        '} as const;',
        '',
      ].join('\n'),
    );
  }
  return files;
}

async function compile(entry: string, options: readonly string[]): Promise<Uint8Array> {
  let binary: Uint8Array | null = null;
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const { error, stderr } = await asc.main(
    [
      entry,
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
