import { BackendError, imageToModel, type RgbaImage, type StudentConfig, studentImageSize } from '@tha4/core';
import { type Arena, packDense, packDense16, packSum16, ROW_FLOATS } from '@tha4/kernels';
import type { DensePlan, EntryPlan, LevelPlan, StudentPlan } from '../plan/student-plan.ts';
import { PixelLists } from '../tiles/pixel-lists.ts';
import { OUTPUT_BYTES } from './paint-chunk.ts';

/**
 * What the sine layers compute in: `float`, float32; `int16`, products of 16-bit integers, of which a CPU of x86 does
 * twice as many in the same time. What that costs in decibels is measured in `docs/quality.md`.
 */
export type Precision = 'float' | 'int16';

type LayerEnd = 'none' | 'sine' | 'sine16';

/** A dense layer in float32, in the kernels' memory; all pointers are byte offsets. */
export interface FloatLayer {
  readonly weights: number;
  readonly bias: number;
  readonly inputs: number;
  readonly blocks: number;
  /** What ends it: nothing, a sine, a sine that is kept in 16 bits. */
  readonly end: LayerEnd;
}

/** A dense layer on 16-bit activations, its sine in 16 bits or float32. */
export interface IntegerLayer {
  readonly weights: number;
  readonly bias: number;
  readonly multiples: number;
  readonly pairs: number;
  readonly blocks: number;
  readonly float: 0 | 1;
}

/** What is added to a layer's outputs from 16-bit activations. */
export interface IntegerSum {
  readonly weights: number;
  readonly scales: number;
  readonly segments: number;
  readonly blocks: number;
}

export type Layer = FloatLayer | IntegerLayer;

/** One resolution of the body in the kernels' memory. */
export interface LevelLayout {
  readonly size: number;
  /** Whether the first sines are kept in 16 bits. */
  readonly sixteen: 0 | 1;
  /** Where the names of the pixels to paint are; there is room for all of them, and 4 more. */
  readonly list: number;
  /** The same for a frame that is painted whole. */
  readonly wholeList: number;
  /** Level 0: from position to the first sine. Others: `null`, the level below has made the grid. */
  readonly entry: FloatLayer | null;
  /** What the level below leaves for this one: `[size / 2 + 2, size / 2 + 2, gridLanes * 4]` float32. */
  readonly grid: number;
  readonly gridLanes: number;
  readonly sines: readonly Layer[];
  /**
   * What follows the sines: the next level's entry before its sine, or the network's last layer. Where there is a `sum`
   * it takes positions alone, else positions behind the activations, which come as float32.
   */
  readonly exit: FloatLayer;
  readonly sum: IntegerSum | null;
}

/** Where a student lies in the kernels' memory. Plain numbers, so that threads can be told. */
export interface StudentLayout {
  readonly precision: Precision;
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
  /** The network's outputs where they are kept: `[size, size, 8]`, and at half the size: `[size / 2 + 2, .., 8]`. */
  readonly field: number;
  readonly half: number;
  /** Names of the pixels that are refined after an enlargement; room for all and 4 more. */
  readonly refined: number;
}

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
  precision: Precision,
): { readonly layout: StudentLayout; readonly posed: readonly PosedBias[] } {
  checkShapes(config);
  const posed: PosedBias[] = [];
  const put = ({ weight, bias }: Pick<DensePlan, 'weight' | 'bias'>, end: LayerEnd): FloatLayer => {
    const { weights, biases, inputs, blocks } = packDense(weight, bias);
    return { weights: arena.put(weights), bias: arena.put(biases), inputs, blocks, end };
  };
  const putInteger = ({ weight, bias }: DensePlan, float: 0 | 1): IntegerLayer => {
    const { weights, biases, multiples, pairs, blocks } = packDense16(weight, bias);
    const [w, b, m] = [arena.put(weights), arena.put(biases), arena.put(multiples)];
    return { weights: w, bias: b, multiples: m, pairs, blocks, float };
  };
  const putSum = ({ feature, outputs }: EntryPlan): IntegerSum => {
    const { weights, scales, segments, blocks } = packSum16(feature, outputs);
    return { weights: arena.put(weights), scales: arena.put(scales), segments, blocks };
  };
  const putEntry = (entry: EntryPlan, weight: Float32Array, end: LayerEnd): FloatLayer => {
    const layer = put({ weight, bias: entry.bias }, end);
    posed.push({ bias: layer.bias, entry });
    return layer;
  };
  /** A network's or level's first sine. @param sixteen whether layers in 16 bits follow */
  const putFirst = (entry: EntryPlan, sixteen: 0 | 1): FloatLayer =>
    putEntry(entry, entry.position, sixteen === 1 ? 'sine16' : 'sine');
  /** @param toFloat 1: a layer in float32 follows the last one */
  const putSines = (sines: readonly DensePlan[], toFloat: 0 | 1): readonly Layer[] =>
    sines.map((layer, i) =>
      precision === 'float' ? put(layer, 'sine') : putInteger(layer, i === sines.length - 1 ? toFloat : 0),
    );
  const sixteenBits = (level: LevelPlan, toFloat: 0 | 1): 0 | 1 =>
    precision === 'int16' && (level.sines.length > 0 || toFloat === 0) ? 1 : 0;
  const size = studentImageSize(config);
  const faceSize = config.face.imageSize;
  const faceNames = squareNames(faceSize, 0, 0);
  const { entry, sines } = plan.face;
  const layout: StudentLayout = {
    precision,
    size,
    faceSize,
    faceList: arena.put(faceNames),
    faceTarget: arena.put(squareNames(faceSize, config.faceTop, config.faceLeft)),
    facePixels: faceNames.length,
    faceLayers: [putFirst(entry, sixteenBits(plan.face, 1)), ...putSines(sines, 1), put(plan.faceLast, 'none')],
    levels: plan.levels.reduce<LevelLayout[]>((placed, level, index) => {
      const below = placed.at(-1)?.exit ?? null;
      const next: LevelPlan | null = plan.levels[index + 1] ?? null;
      const toFloat = next === null ? 1 : 0;
      const sixteen = sixteenBits(level, toFloat);
      placed.push({
        size: level.size,
        sixteen,
        list: arena.take((PixelLists.capacity(level.size) + 4) * 4),
        wholeList: arena.take((PixelLists.capacity(level.size) + 4) * 4),
        entry: below === null ? putFirst(level.entry, sixteen) : null,
        grid: below === null ? 0 : arena.take((level.size / 2 + 2) ** 2 * below.blocks * 32),
        gridLanes: below === null ? 0 : below.blocks * 2,
        sines: putSines(level.sines, toFloat),
        // The position goes with the features into the grid, so that it is enlarged with them.
        exit: next === null ? put(plan.last, 'none') : putEntry(next.entry, exitWeight(next.entry, precision), 'none'),
        sum: next === null || precision === 'float' ? null : putSum(next.entry),
      });
      return placed;
    }, []),
    image: arena.put(imageToModel(image)),
    frame: arena.take(size * size * 16),
    field: arena.take(size * size * OUTPUT_BYTES),
    half: arena.take((size / 2 + 2) ** 2 * OUTPUT_BYTES),
    refined: arena.take((size * size + 4) * 4),
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

/** What float32 takes to the next level: features and position, or position alone. */
function exitWeight({ feature, position }: EntryPlan, precision: Precision): Float32Array {
  if (precision === 'int16') return position;
  const both = new Float32Array(feature.length + position.length);
  both.set(feature);
  both.set(position, feature.length);
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
