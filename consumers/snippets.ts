import { readFileSync } from 'node:fs';

export interface Snippet {
  /** A file name made of the document's and the number of the block in it, e.g. `core-1.js`. */
  readonly file: string;
  readonly code: string;
  /** A whole program of Node: it reads files, and is JavaScript. */
  readonly runs: boolean;
}

/**
 * What documents leave to the reader, by snippet: the values that a page or program has already. Without these lines the
 * blocks would not compile; with them in the documents, they would be longer than what they show.
 */
const ALREADY_THERE: Readonly<Record<string, string>> = {
  // The voice of a chat front end.
  'element-1.js': "const stream = /** @type {MediaStream} */ (JSON.parse('null'));",
  // The weights of a layer, and addresses in the kernels' memory.
  'kernels-1.ts': 'declare const weight: Float32Array, bias: Float32Array, x: number, out: number;',
  // The five files of weights, a picture as a tensor, poses.
  'core-2.ts': 'declare const files: readonly Uint8Array[], image: never, poses: never;',
  // Where the weights are.
  'teacher-2.ts': 'declare const folder: string;',
  // A picture that was read.
  'teacher-3.ts': "import type { RgbaImage } from '@tha4/core';\ndeclare const image: RgbaImage;",
};

/** All blocks of TypeScript, JavaScript and JSX of a document. */
export function snippetsOf(name: string, path: string): readonly Snippet[] {
  const blocks = [...readFileSync(path, 'utf8').matchAll(/^```(tsx?|jsx?)\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, language, code], index) => {
    const file = `${name}-${index + 1}.${language}`;
    const runs = language === 'js' && code!.includes("from 'node:");
    // A module, so that the names of one do not meet those of another.
    return { file, code: `${ALREADY_THERE[file] ?? ''}\n${code}\nexport {};\n`, runs };
  });
}
