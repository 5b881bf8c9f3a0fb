import { type Character, modelToImage, type RgbaImage, studentImageSize } from '@tha4/core';

/** Values of `--engine`. */
export const ENGINES = ['auto', 'onnx', 'tfjs'] as const;
export type Engine = (typeof ENGINES)[number];

/** Paints one character in any pose. */
export interface Painter {
  /** What runs it, e.g. `onnxruntime 1.30.0`. */
  readonly engine: string;
  /**
   * @param pose 45 numbers
   * @returns `[size, size, 4]` in model space: linear light, premultiplied, [-1, 1]; owned by the caller
   */
  readonly paint: (pose: Float32Array) => Promise<Float32Array>;
  readonly dispose: () => Promise<void>;
}

/**
 * Makes a painter, and says which engine it took and why. `auto` takes onnxruntime where its binary loads, which is
 * about seven times faster than TensorFlow.js here, and TensorFlow.js elsewhere.
 *
 * @throws {BackendError} when the engine that was asked for does not work here
 */
export async function createPainter(
  character: Character,
  engine: Engine,
  note: (line: string) => void,
): Promise<Painter> {
  if (engine !== 'tfjs') {
    try {
      const { createOnnxPainter } = await import('./onnx-painter.ts');
      const painter = await createOnnxPainter(character);
      note(`Engine: ${painter.engine}${engine === 'auto' ? '' : ', as asked'}`);
      return painter;
    } catch (error) {
      if (engine === 'onnx') throw error;
      note(`onnxruntime does not work here: ${firstLine(error)}`);
    }
  }
  const { createTfjsPainter } = await import('./tfjs-painter.ts');
  const painter = await createTfjsPainter(character);
  note(`Engine: ${painter.engine}${engine === 'auto' ? ', several times slower than onnxruntime' : ', as asked'}`);
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
