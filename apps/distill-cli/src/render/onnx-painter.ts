import { BackendError, type Character, imageToModel, studentImageSize } from '@tha4/core';
import { exportStudentOnnx } from '@tha4/core/onnx';
import type { Painter } from './painter.ts';

/** Records the student as an ONNX graph and runs it in onnxruntime, on the CPU. @throws {BackendError} */
export async function createOnnxPainter(character: Character): Promise<Painter> {
  const { config, face, body } = character;
  const size = studentImageSize(config);
  const shape = [1, 4, size, size];
  const graph = exportStudentOnnx(config, face, body);
  try {
    const { InferenceSession, Tensor, env } = await import('onnxruntime-node');
    const session = await InferenceSession.create(graph, { logSeverityLevel: 3 });
    const image = new Tensor('float32', planar(imageToModel(character.image)), shape);
    return {
      engine: `onnxruntime ${env.versions.node ?? env.versions.common} (CPU)`,
      paint: async (pose) => {
        const feeds = { image, pose: new Tensor('float32', pose, [1, pose.length]) };
        const { blended } = await session.run(feeds, ['blended']);
        return interleaved(blended!.data as Float32Array);
      },
      dispose: () => session.release(),
    };
  } catch (cause) {
    throw new BackendError(
      `onnxruntime: expected it to load and take the student, got ${(cause as Error).message}; try --engine tfjs`,
      { cause },
    );
  }
}

/** `[h, w, 4]` -> `[4, h, w]` */
function planar(pixels: Float32Array): Float32Array {
  const count = pixels.length / 4;
  const planes = new Float32Array(pixels.length);
  for (let c = 0; c < 4; c++) for (let i = 0; i < count; i++) planes[c * count + i] = pixels[4 * i + c]!;
  return planes;
}

/** `[4, h, w]` -> `[h, w, 4]` */
function interleaved(planes: Float32Array): Float32Array {
  const count = planes.length / 4;
  const pixels = new Float32Array(planes.length);
  for (let c = 0; c < 4; c++) for (let i = 0; i < count; i++) pixels[4 * i + c] = planes[c * count + i]!;
  return pixels;
}
