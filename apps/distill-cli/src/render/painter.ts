import { type Character, modelToImage, type RgbaImage, studentImageSize } from '@tha4/core';

/** Values of `--engine`. */
export const ENGINES = ['auto', 'wasm', 'tfjs'] as const;
export type Engine = (typeof ENGINES)[number];

/** What paints, as the command line chose it. */
export interface EngineChoice {
  readonly engine: Engine;
  /** Threads of the `wasm` engine. */
  readonly threads: number;
}

/** Paints one character in any pose. */
export interface Painter {
  /** What runs it, e.g. `WebAssembly kernels (2 threads)`. */
  readonly engine: string;
  /**
   * @param pose 45 numbers
   * @returns `[size, size, 4]` in model space: linear light, premultiplied, [-1, 1]; owned by the caller
   */
  readonly paint: (pose: Float32Array) => Promise<Float32Array>;
  readonly dispose: () => Promise<void>;
}

/**
 * Makes a painter, and says which engine it took and why. `auto` takes the fused kernels, and TensorFlow.js, which runs
 * layer by layer and is the reference, for a student that they do not know.
 *
 * @throws {BackendError} when the engine that was asked for does not work here
 */
export async function createPainter(
  character: Character,
  { engine, threads }: EngineChoice,
  note: (line: string) => void,
): Promise<Painter> {
  if (engine !== 'tfjs') {
    try {
      const { createWasmPainter } = await import('./wasm-painter.ts');
      const painter = await createWasmPainter(character, threads, note);
      note(`Engine: ${painter.engine}${engine === 'auto' ? '' : ', as asked'}`);
      return painter;
    } catch (error) {
      if (engine === 'wasm') throw error;
      note(`The fused kernels do not work here: ${firstLine(error)}`);
    }
  }
  const { createTfjsPainter } = await import('./tfjs-painter.ts');
  const painter = await createTfjsPainter(character);
  note(`Engine: ${painter.engine}${engine === 'auto' ? ', many times slower than the kernels' : ', as asked'}`);
  return painter;
}

/** Paints a pose as a picture for files and screens. */
export async function paintImage(painter: Painter, character: Character, pose: Float32Array): Promise<RgbaImage> {
  const size = studentImageSize(character.config);
  return modelToImage(await painter.paint(pose), size, size);
}

function firstLine(error: unknown): string {
  return String((error as Error).message).split('\n')[0]!;
}
