import { BackendError, imageToModel, type RgbaImage, type StudentConfig, studentImageSize } from '@tha4/core';
import { type Arena, type Kernels, packDense, ROW_BYTES, ROW_FLOATS } from '@tha4/kernels';
import { type DensePlan, type EntryPlan, foldPose, type LevelPlan, type StudentPlan } from '../plan/student-plan.ts';

/** Pixels that go through a whole level together; their activations stay in the first cache. */
const CHUNK = 32;

/** A dense layer in the kernels' memory. */
interface Layer {
  readonly weights: number;
  readonly bias: number;
  readonly inputs: number;
  readonly blocks: number;
  readonly sine: 0 | 1;
  /** Set where the pose is folded into the bias. */
  readonly entry: EntryPlan | null;
}

/** Pixels to paint, as the kernels name them. */
interface PixelList {
  readonly pointer: number;
  readonly count: number;
}

interface Level {
  readonly size: number;
  /** The level's pixels, with a ring of one pixel around them for all but the last level. */
  readonly list: PixelList;
  /** Level 0: from position to the first sine. Others: `null`, the level below has made the grid. */
  readonly entry: Layer | null;
  readonly grid: number;
  readonly gridLanes: number;
  readonly sines: readonly Layer[];
  /** What follows the sines: the next level's entry before its sine, or the network's last layer. */
  readonly exit: Layer;
}

/**
 * A student in the kernels' memory. Same numbers as `student` of core, to rounding, but: the pose is folded into biases
 * once a frame, a level's first layer is applied below the enlargement, and activations never leave the cache.
 */
export class WasmStudent {
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #size: number;
  readonly #faceSize: number;
  readonly #faceList: PixelList;
  readonly #faceTarget: PixelList;
  readonly #faceLayers: readonly Layer[];
  readonly #levels: readonly Level[];
  readonly #image: number;
  readonly #frame: number;
  readonly #chunks: readonly [number, number];

  /** @throws {BackendError} when the config has a shape that the kernels do not know */
  constructor(kernels: Kernels, arena: Arena, config: StudentConfig, plan: StudentPlan, image: RgbaImage) {
    checkShapes(config);
    this.#kernels = kernels;
    this.#arena = arena;
    this.#size = studentImageSize(config);
    this.#faceSize = config.face.imageSize;
    this.#faceList = this.#putList(0, this.#faceSize, 0, 0);
    this.#faceTarget = this.#putList(0, this.#faceSize, config.faceTop, config.faceLeft);
    const { entry, sines } = plan.face;
    this.#faceLayers = [
      this.#putEntry(entry, entry.position, 1),
      ...sines.map((layer) => this.#put(layer, 1)),
      this.#put(plan.faceLast, 0),
    ];
    this.#levels = this.#putLevels(plan);
    this.#image = arena.put(imageToModel(image));
    this.#frame = arena.take(this.#size ** 2 * 16);
    this.#chunks = [arena.take(CHUNK * ROW_BYTES), arena.take(CHUNK * ROW_BYTES)];
  }

  /** @returns a view of the frame in model space, `[size, size, 4]`, valid until the next call */
  paint(pose: Float32Array): Float32Array {
    for (const layer of this.#allLayers()) {
      if (layer.entry !== null) foldPose(layer.entry, pose, this.#floats(layer.bias, layer.entry.outputs));
    }
    this.#paintFace();
    this.#levels.forEach((level, index) => {
      this.#paintLevel(level, this.#levels[index + 1] ?? null);
    });
    return this.#floats(this.#frame, this.#size ** 2 * 4);
  }

  #paintFace(): void {
    const kernels = this.#kernels;
    const { pointer, count } = this.#faceList;
    for (let first = 0; first < count; first += CHUNK) {
      const pixels = Math.min(CHUNK, count - first);
      let [from, to] = this.#chunks;
      kernels.positions(pointer + first * 4, pixels, this.#faceSize, from, 0, 1);
      for (const layer of this.#faceLayers) {
        this.#run(layer, from, to, pixels);
        [from, to] = [to, from];
      }
      kernels.scatter(from, this.#faceTarget.pointer + first * 4, pixels, this.#image, this.#size, 16, 0);
    }
  }

  #paintLevel({ size, list, entry, grid, gridLanes, sines, exit }: Level, next: Level | null): void {
    const kernels = this.#kernels;
    for (let first = 0; first < list.count; first += CHUNK) {
      const pixels = Math.min(CHUNK, list.count - first);
      const part = list.pointer + first * 4;
      let [from, to] = this.#chunks;
      if (entry === null) {
        kernels.enlargeSine(grid, part, pixels, size, gridLanes, from);
      } else {
        kernels.positions(part, pixels, size, to, 0, 1);
        this.#run(entry, to, from, pixels);
      }
      for (const layer of sines) {
        this.#run(layer, from, to, pixels);
        [from, to] = [to, from];
      }
      if (next === null) {
        this.#run(exit, from, to, pixels);
        kernels.warpBlend(to, part, pixels, this.#image, size, this.#frame);
      } else {
        kernels.positions(part, pixels, size, from, (exit.inputs - 2) * 4, 0);
        this.#run(exit, from, to, pixels);
        kernels.scatter(to, part, pixels, next.grid, size + 2, exit.blocks * 32, 1);
      }
    }
  }

  #run({ weights, bias, inputs, blocks, sine }: Layer, from: number, to: number, pixels: number): void {
    this.#kernels.layer(from, to, weights, bias, inputs, blocks, pixels, sine);
  }

  *#allLayers(): Iterable<Layer> {
    yield* this.#faceLayers;
    for (const { entry, exit } of this.#levels) {
      if (entry !== null) yield entry;
      yield exit;
    }
  }

  #putLevels({ levels, last }: StudentPlan): Level[] {
    return levels.reduce<Level[]>((placed, { size, entry, sines }, index) => {
      const below = placed.at(-1)?.exit ?? null;
      const next: LevelPlan | null = levels[index + 1] ?? null;
      placed.push({
        size,
        list: this.#putList(next === null ? 0 : 1, size, 0, 0),
        entry: below === null ? this.#putEntry(entry, entry.position, 1) : null,
        grid: below === null ? 0 : this.#arena.take((size / 2 + 2) ** 2 * below.blocks * 32),
        gridLanes: below === null ? 0 : below.blocks * 2,
        sines: sines.map((layer) => this.#put(layer, 1)),
        // The position goes with the features into the grid, so that it is enlarged with them.
        exit:
          next === null
            ? this.#put(last, 0)
            : this.#putEntry(next.entry, concat(next.entry.feature, next.entry.position), 0),
      });
      return placed;
    }, []);
  }

  #put({ weight, bias }: Pick<DensePlan, 'weight' | 'bias'>, sine: 0 | 1): Layer {
    const { weights, biases, inputs, blocks } = packDense(weight, bias);
    return { weights: this.#arena.put(weights), bias: this.#arena.put(biases), inputs, blocks, sine, entry: null };
  }

  #putEntry(entry: EntryPlan, weight: Float32Array, sine: 0 | 1): Layer {
    return { ...this.#put({ weight, bias: entry.bias }, sine), entry };
  }

  #putList(ring: number, size: number, top: number, left: number): PixelList {
    const list = pixelList(ring, size, top, left);
    return { pointer: this.#arena.put(list), count: list.length };
  }

  /** A view; memory may have grown since the last one. */
  #floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#arena.memory.buffer, pointer, count);
  }
}

/** Names of the pixels of a square with a ring around it, moved by (top, left); padded to a multiple of 4. */
function pixelList(ring: number, size: number, top: number, left: number): Uint32Array {
  const names: number[] = [];
  for (let row = -ring; row < size + ring; row++) {
    for (let column = -ring; column < size + ring; column++) {
      names.push(((row + top + 1) << 16) | (column + left + 1));
    }
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
