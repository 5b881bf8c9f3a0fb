import { bodyMorpherSpec, faceMorpherSpec, type Spec, type StudentConfig } from '@tha4/core';
import { sumWork, type Work } from './work.ts';

/**
 * A frame of our runtimes. The pose is folded into biases; a level's first layer is applied, with its position columns,
 * to the pixels of the level below.
 *
 * @param pixels pixels of each level that are computed
 * @param activationBytes `null` where a level, or the face, is one kernel and its activations stay on chip (wasm,
 *   webgpu); else the size of an activation: each layer is a kernel, except those of the last level (webgl)
 */
export function fusedWork(
  config: StudentConfig,
  pixels: readonly number[],
  activationBytes: number | null = null,
): Work {
  const { face, body } = config;
  const facePixels = face.imageSize ** 2;
  const last = body.levels.length - 1;
  const painted = pixels[last]!;
  const parts: Work[] = [
    sineLayers(facePixels, [2, ...face.widths]),
    { multiplyAdds: facePixels * face.widths.at(-1)! * RGBA, sines: 0, bytes: 0 },
    // The face is pasted, the picture sampled, the frame written: RGBA.
    { multiplyAdds: 0, sines: 0, bytes: 16 * (facePixels + painted + painted) },
    { multiplyAdds: 0, sines: 0, bytes: 4 * (weights(faceMorpherSpec(face)) + weights(bodyMorpherSpec(body))) },
  ];
  if (activationBytes !== null) parts.push(throughMemory(facePixels, face.widths, activationBytes));
  body.levels.forEach(({ widths }, level) => {
    const next = body.levels[level + 1]?.widths[0] ?? null;
    const first = level === 0 ? [2] : [];
    const count = pixels[level]!;
    parts.push(sineLayers(count, [...first, ...widths]));
    if (level > 0) parts.push({ multiplyAdds: 0, sines: count * widths[0]!, bytes: 0 });
    if (next === null) {
      parts.push({ multiplyAdds: count * widths.at(-1)! * OUTPUTS, sines: 0, bytes: 0 });
      return;
    }
    parts.push({ multiplyAdds: count * (widths.at(-1)! + 2) * next, sines: 0, bytes: 0 });
    parts.push(throughMemory(count, [next], 4));
    if (activationBytes !== null) parts.push(throughMemory(count, widths, activationBytes));
  });
  return sumWork(parts);
}

/** Flow x and y, alpha, RGBA. */
const OUTPUTS = 7;
const RGBA = 4;

/** Sine layers one after the other at some pixels. @param widths the input's, then each layer's */
function sineLayers(pixels: number, widths: readonly number[]): Work {
  const outputs = widths.slice(1);
  const multiplyAdds = outputs.reduce((sum, width, i) => sum + width * widths[i]!, 0);
  const sines = outputs.reduce((sum, width) => sum + width, 0);
  return { multiplyAdds: pixels * multiplyAdds, sines: pixels * sines, bytes: 0 };
}

/** Activations of some widths, written and read once each. */
function throughMemory(pixels: number, widths: readonly number[], size: number): Work {
  return { multiplyAdds: 0, sines: 0, bytes: 2 * size * pixels * widths.reduce((sum, width) => sum + width, 0) };
}

/** Numbers of a spec. Columns of the pose are read too, when they are folded. */
function weights(spec: Spec): number {
  return [...spec.values()].reduce((sum, shape) => sum + shape.reduce((product, side) => product * side, 1), 0);
}
