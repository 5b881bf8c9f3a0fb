import { BackendError, type StudentConfig } from '@tha4/core';
import type { DensePlan, EntryPlan, LevelPlan, StudentPlan } from '../plan/student-plan.ts';
import type { Tuning } from './tuning.ts';

/** Invocations of one workgroup that every device grants. */
const MAX_THREADS = 256;

/** The widest layer for which a workgroup still takes a tile of eight pixels. */
const MAX_WIDTH = 1024;

/** Channels go in groups of four, a `vec4f`; pixels in quads, four neighbours of a row. */
export interface LayerLayout {
  /** Groups of inputs and outputs; channels that pad the last one are zero. */
  readonly inputs: number;
  readonly outputs: number;
  /** Pixels that one thread takes, and groups of outputs for each of them. */
  readonly threadPixels: 4 | 8;
  readonly threadGroups: number;
  /** How the inputs pass through workgroup memory: so many slices of at most so many groups. */
  readonly slices: number;
  readonly sliceInputs: number;
  /** First vec4 of the `[outputs]` bias and of the `[inputs * 4, outputs]` weight; no bias where the pose makes it. */
  readonly bias: number | null;
  readonly weight: number;
  /** Whether a sine follows, here or in the level above: then its weights may be rounded (`Numbers`). */
  readonly rounds: boolean;
}

/** What a level's last layer feeds: the grid of the level above, the face's pixels, or the frame. */
export type LevelExit = 'grid' | 'face' | 'frame';

/** One dispatch as plain data: a tile of pixels through all layers of a level. */
export interface LevelLayout {
  readonly size: number;
  readonly exit: LevelExit;
  /** Pixels of a tile: a power of two. */
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly threads: number;
  /** Groups of the first layer's outputs. */
  readonly entry: number;
  /** First vec4 of the entry's bias in the buffer of folded biases. */
  readonly folded: number;
  /** What the first layer adds to position and pose: a grid of half the size, which it enlarges, or one of its own size. */
  readonly below: 'none' | 'half size' | 'same size';
  /** Which pixels it paints: tiles, or squares of two by two pixels that a shader has listed. */
  readonly cut: 'tiles' | 'squares';
  /** The layers after the entry; the last one has no sine. */
  readonly layers: readonly LayerLayout[];
  /** Size of the array in workgroup memory, in vec4. */
  readonly shared: number;
  /** `[2, entry]` position weights, then biases and weights, in floats. */
  readonly weights: Float32Array;
}

/** Every dispatch of a frame, in order: the face, then the levels. */
export interface StudentLayout {
  readonly face: LevelLayout;
  readonly levels: readonly LevelLayout[];
  /** Size of the buffer of folded biases, in vec4. */
  readonly folded: number;
}

/** Lays a student out for the GPU. @throws {BackendError} when it has a shape that the shaders do not know */
export function layOutStudent(config: StudentConfig, plan: StudentPlan, tuning: Tuning): StudentLayout {
  checkShapes(config);
  const face = layOutLevel(plan.face, plan.faceLast, 'face', 0, tuning);
  let folded = face.entry;
  const levels = plan.levels.map((level, index) => {
    const next = plan.levels[index + 1];
    const layout =
      next === undefined
        ? layOutLevel(level, plan.last, 'frame', folded, tuning)
        : layOutLevel(level, featureLayer(next.entry), 'grid', folded, tuning);
    folded += layout.entry;
    return layout;
  });
  return { face, levels, folded };
}

/** A dense layer of which the bias may be added elsewhere. */
type Dense = Omit<DensePlan, 'bias'> & { readonly bias: Float32Array | null };

/** The linear part of the next level's first layer, applied below the enlargement; the rest of it follows above. */
function featureLayer({ feature, features, outputs }: EntryPlan): Dense {
  return { inputs: features, outputs, weight: feature, bias: null };
}

function layOutLevel(
  { size, entry, sines }: LevelPlan,
  last: Dense,
  exit: LevelExit,
  folded: number,
  tuning: Tuning,
): LevelLayout {
  const dense: readonly Dense[] = [...sines, last];
  const columns = Math.ceil(Math.max(...dense.map(({ outputs }) => groups(outputs))) / tuning.threadGroups);
  // As many pixels as threads allow at eight pixels each: the weights are read once for all of them.
  let pixels = tuning.tilePixels;
  while (columns * (pixels / 8) > MAX_THREADS) pixels /= 2;
  const threads = Math.ceil((columns * (pixels / 8)) / tuning.subgroup) * tuning.subgroup;
  const weights = new WeightWriter();
  weights.rows(entry.position, 2, entry.outputs);
  const layers = dense.map((layer) =>
    layOutLayer(layer, layer !== last || exit === 'grid', pixels, threads, tuning, weights),
  );
  const slice = Math.max(...layers.map(({ sliceInputs }) => sliceInputs));
  return {
    size,
    exit,
    tileWidth: pixels >= 32 ? 8 : 4,
    tileHeight: pixels === 64 ? 8 : pixels === 8 ? 2 : 4,
    threads,
    entry: groups(entry.outputs),
    folded,
    below: entry.features > 0 ? 'half size' : 'none',
    cut: 'tiles',
    layers,
    shared: Math.max(slice, exit === 'frame' ? 2 : 0) * pixels,
    weights: weights.finish(),
  };
}

function layOutLayer(
  layer: Dense,
  rounds: boolean,
  pixels: number,
  threads: number,
  { threadGroups, workgroupBytes, spread }: Tuning,
  weights: WeightWriter,
): LayerLayout {
  const inputs = groups(layer.inputs);
  const outputs = groups(layer.outputs);
  // A group of inputs takes four rows of `pixels` floats.
  const slices = Math.ceil(inputs / Math.floor(workgroupBytes / (pixels * 16)));
  const bias = layer.bias === null ? null : weights.rows(layer.bias, 1, layer.outputs);
  const weight = weights.rows(layer.weight, layer.inputs, layer.outputs);
  const narrow = spread && Math.ceil(outputs / threadGroups) * (pixels / 4) <= threads;
  return {
    inputs,
    outputs,
    threadPixels: narrow ? 4 : 8,
    threadGroups,
    slices,
    sliceInputs: Math.ceil(inputs / slices),
    bias,
    weight,
    rounds,
  };
}

/** Collects matrices, their columns padded to groups and, where they are weights, their rows too. */
class WeightWriter {
  readonly #parts: Float32Array[] = [];
  #floats = 0;

  /** @returns first vec4 of the matrix */
  rows(matrix: Float32Array, rows: number, columns: number): number {
    const stride = groups(columns) * 4;
    const padded = new Float32Array((rows > 2 ? groups(rows) * 4 : rows) * stride);
    for (let row = 0; row < rows; row++) padded.set(matrix.subarray(row * columns, (row + 1) * columns), row * stride);
    const at = this.#floats / 4;
    this.#parts.push(padded);
    this.#floats += padded.length;
    return at;
  }

  finish(): Float32Array {
    const all = new Float32Array(this.#floats);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
  }
}

function groups(channels: number): number {
  return Math.ceil(channels / 4);
}

function checkShapes({ face, body }: StudentConfig): void {
  const widest = Math.max(...[face.widths, ...body.levels.map((level) => level.widths)].flat());
  if (widest > MAX_WIDTH) {
    throw new BackendError(`webgpu: expected layers of at most ${MAX_WIDTH} channels, got ${widest}; use tfjs`);
  }
  for (const size of [face.imageSize, ...body.levels.map((level) => level.size)]) {
    if (size % 8 === 0) continue; // whole tiles
    throw new BackendError(`webgpu: expected sides that are multiples of 8, got ${size}; use tfjs`);
  }
  body.levels.forEach(({ size }, index) => {
    const below = body.levels[index - 1]?.size ?? size / 2;
    if (size === below * 2) return;
    throw new BackendError(
      `webgpu: expected each level twice as large as the one below, got ${below}, ${size}; use tfjs`,
    );
  });
}
