import { BackendError, imageToModel, type RgbaImage, type StudentConfig, studentImageSize } from '@tha4/core';
import { type Arena, packDense, ROW_FLOATS } from '@tha4/kernels';
import type { DensePlan, EntryPlan, LevelPlan, StudentPlan } from '../plan/student-plan.ts';
import { PixelLists } from './pixel-lists.ts';

/** A dense layer in the kernels' memory; all pointers are byte offsets. */
export interface Layer {
  readonly weights: number;
  readonly bias: number;
  readonly inputs: number;
  readonly blocks: number;
  readonly sine: 0 | 1;
}

/** One resolution of the body in the kernels' memory. */
export interface LevelLayout {
  readonly size: number;
  /** Where the names of the pixels to paint are; there is room for all of them, and 4 more. */
  readonly list: number;
  /** The same for a frame that is painted whole. */
  readonly wholeList: number;
  /** Level 0: from position to the first sine. Others: `null`, the level below has made the grid. */
  readonly entry: Layer | null;
  /** What the level below leaves for this one: `[size / 2 + 2, size / 2 + 2, gridLanes * 4]` float32. */
  readonly grid: number;
  readonly gridLanes: number;
  readonly sines: readonly Layer[];
  /** What follows the sines: the next level's entry before its sine, or the network's last layer. */
  readonly exit: Layer;
}

/** Where a student lies in the kernels' memory. Plain numbers, so that threads can be told. */
export interface StudentLayout {
  readonly size: number;
  readonly faceSize: number;
  /** Names of the face's pixels in the face, and in the picture. */
  readonly faceList: number;
  readonly faceTarget: number;
  readonly facePixels: number;
  readonly faceLayers: readonly Layer[];
  readonly levels: readonly LevelLayout[];
  /** The picture with the face pasted in, and the frame: `[size, size, 4]` float32 in model space. */
  readonly image: number;
  readonly frame: number;
  /** `[size, size, 8]` float32: flow x, y, alpha, R, G, B, A and a zero of each pixel; 0 where they are not kept. */
  readonly outputs: number;
}

/** Numbers that are kept of each pixel, where outputs are kept. */
export const OUTPUT_LANES = 8;

/** A bias that the pose is folded into, once a frame. */
export interface PosedBias {
  readonly bias: number;
  readonly entry: EntryPlan;
}

/**
 * Puts a student into the kernels' memory.
 *
 * @throws {BackendError} when the config has a shape that the kernels do not know
 */
export function layoutStudent(
  arena: Arena,
  config: StudentConfig,
  plan: StudentPlan,
  image: RgbaImage,
  keepOutputs: boolean,
): { readonly layout: StudentLayout; readonly posed: readonly PosedBias[] } {
  checkShapes(config);
  const posed: PosedBias[] = [];
  const put = ({ weight, bias }: Pick<DensePlan, 'weight' | 'bias'>, sine: 0 | 1): Layer => {
    const { weights, biases, inputs, blocks } = packDense(weight, bias);
    return { weights: arena.put(weights), bias: arena.put(biases), inputs, blocks, sine };
  };
  const putEntry = (entry: EntryPlan, weight: Float32Array, sine: 0 | 1): Layer => {
    const layer = put({ weight, bias: entry.bias }, sine);
    posed.push({ bias: layer.bias, entry });
    return layer;
  };
  const size = studentImageSize(config);
  const faceSize = config.face.imageSize;
  const faceNames = squareNames(faceSize, 0, 0);
  const { entry, sines } = plan.face;
  const layout: StudentLayout = {
    size,
    faceSize,
    faceList: arena.put(faceNames),
    faceTarget: arena.put(squareNames(faceSize, config.faceTop, config.faceLeft)),
    facePixels: faceNames.length,
    faceLayers: [putEntry(entry, entry.position, 1), ...sines.map((layer) => put(layer, 1)), put(plan.faceLast, 0)],
    levels: plan.levels.reduce<LevelLayout[]>((placed, level, index) => {
      const below = placed.at(-1)?.exit ?? null;
      const next: LevelPlan | null = plan.levels[index + 1] ?? null;
      placed.push({
        size: level.size,
        list: arena.take((PixelLists.capacity(level.size) + 4) * 4),
        wholeList: arena.take((PixelLists.capacity(level.size) + 4) * 4),
        entry: below === null ? putEntry(level.entry, level.entry.position, 1) : null,
        grid: below === null ? 0 : arena.take((level.size / 2 + 2) ** 2 * below.blocks * 32),
        gridLanes: below === null ? 0 : below.blocks * 2,
        sines: level.sines.map((layer) => put(layer, 1)),
        // The position goes with the features into the grid, so that it is enlarged with them.
        exit:
          next === null ? put(plan.last, 0) : putEntry(next.entry, concat(next.entry.feature, next.entry.position), 0),
      });
      return placed;
    }, []),
    image: arena.put(imageToModel(image)),
    frame: arena.take(size * size * 16),
    outputs: keepOutputs ? arena.take(size * size * OUTPUT_LANES * 4) : 0,
  };
  return { layout, posed };
}

/** Names of the pixels of a square, moved by (top, left), padded to a multiple of 4 by repeating the last one. */
function squareNames(size: number, top: number, left: number): Uint32Array {
  const names: number[] = [];
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) names.push(((row + top + 1) << 16) | (column + left + 1));
  }
  while (names.length % 4 !== 0) names.push(names.at(-1)!);
  return Uint32Array.from(names);
}

function concat(a: Float32Array, b: Float32Array): Float32Array {
  const both = new Float32Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

function checkShapes({ face, body }: StudentConfig): void {
  const widest = Math.max(...[face.widths, ...body.levels.map((level) => level.widths)].flat());
  if (widest > ROW_FLOATS - 2) {
    throw new BackendError(`wasm: expected layers of at most ${ROW_FLOATS - 2} channels, got ${widest}; use tfjs`);
  }
  body.levels.forEach(({ size }, index) => {
    const below = body.levels[index - 1]?.size ?? size / 2;
    if (size !== below * 2) {
      throw new BackendError(
        `wasm: expected each level twice as large as the one below, got ${below}, ${size}; use tfjs`,
      );
    }
  });
}
