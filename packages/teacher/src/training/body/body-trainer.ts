import { type BodyMorpherConfig, type Crop, cropTensor, type Weights } from '@tha4/core';
import type { Arena } from '@tha4/kernels';
import { type ScratchExtent, SHARDS } from '../network/layout.ts';
import type { Parameters } from '../network/parameters.ts';
import { bodyShape } from '../network/shape.ts';
import { checkLength, Slots } from '../network/slots.ts';
import { storedBytes, storeNumbers, storeWindow } from '../network/stored-numbers.ts';
import { TrainedNetwork } from '../network/trained-network.ts';
import type { TrainerOptions } from '../options.ts';
import type { BodyLossWeights, NetworkTrainer, TrainerState, TrainingFrame, TrainStep, Update } from '../trainer.ts';
import { type BodySampling, coverage, drawPlace, patchChances, type Sums } from './body-sampling.ts';
import { cellImportance } from './cell-importance.ts';
import { type BodyData, type Frames, PATCH_NUMBERS, type PatchPlan } from './learn-patches.ts';
import { type PatchLevel, patchLevels } from './patch.ts';

/** What a body trainer is made with. */
export interface BodyTrainerOptions extends TrainerOptions {
  readonly config: BodyMorpherConfig;
  /** Where a frame's `faceMorphed` may differ from the picture. */
  readonly moved: Crop;
  /** Where the student's face lies. */
  readonly face: Crop;
  /** Whether a frame's `warped` is kept; else it is `faceMorphed` warped by `gridChange`, which takes no memory. */
  readonly keepWarped: boolean;
  readonly sampling: BodySampling;
}

/** A patch of one frame, and how much each of its output pixels counts. */
interface Patch {
  readonly slot: number;
  readonly cellY: number;
  readonly cellX: number;
  readonly weights: Float32Array;
}

/** Rows that a shard has at once: in the lowest level, and in the highest. */
const LOWEST_ROWS = 288;
const HIGHEST_ROWS = 324;

/** How patches of each size are worked on. */
function patchPlans(parameters: Parameters, sampling: BodySampling): PatchPlan[] {
  const sizes = sampling.kind === 'patches' ? sampling.sizes : [{ cells: sampling.cells, patches: null }];
  return sizes.map(({ cells, patches }) => {
    const levels = patchLevels(parameters, cells);
    const most = Math.max(1, Math.floor(LOWEST_ROWS / levels[0]!.side ** 2));
    const perUpdate = patches === null ? most : Math.ceil(patches / SHARDS);
    // As even as can be, so that no thread waits in the last round.
    const shardPatches = Math.ceil(perUpdate / Math.ceil(perUpdate / most));
    return { levels, shardPatches, together: Math.max(1, Math.floor(HIGHEST_ROWS / levels.at(-1)!.side ** 2)) };
  });
}

/** What the largest of them needs. */
function extentOf(plans: readonly PatchPlan[]): ScratchExtent {
  return {
    rows: plans[0]!.levels.map((_, level) =>
      Math.max(
        ...plans.map(({ levels, shardPatches, together }) => {
          const count = level === 0 ? shardPatches : Math.min(together, shardPatches);
          return levels[level]!.side ** 2 * count;
        }),
      ),
    ),
    groups: Math.max(...plans.map(({ shardPatches }) => shardPatches)),
  };
}

/** Trains a body morpher. */
export class BodyTrainer implements NetworkTrainer<BodyLossWeights> {
  readonly network = 'body';
  readonly #options: BodyTrainerOptions;
  readonly #net: TrainedNetwork<BodyData>;
  readonly #slots: Slots;
  /** By slot, then by the sampling's sizes. */
  readonly #chances: Sums[][] = [];

  private constructor(options: BodyTrainerOptions, net: TrainedNetwork<BodyData>) {
    this.#options = options;
    this.#net = net;
    this.#slots = new Slots(options.slots);
    const { memory, data } = net.machine;
    storeNumbers(memory, data.base, options.image, options.exact);
  }

  /**
   * @throws {RangeError | ShapeError} when options do not fit each other
   * @throws {BackendError} when a thread does not start, or the memory is not to be had
   */
  static async create(options: BodyTrainerOptions): Promise<BodyTrainer> {
    const { config, exact, image, keepWarped, moved, sampling, seed, face } = options;
    checkLevels(config);
    const size = config.levels.at(-1)!.size;
    checkLength('body trainer: the picture', [size, size, 4], image);
    if (sampling.kind === 'patches' && sampling.sizes.length === 0) {
      throw new RangeError('body trainer: expected at least one size of patches, got none');
    }
    const net = await TrainedNetwork.create(
      bodyShape(config),
      options,
      [config, moved, face, sampling, exact, keepWarped, seed],
      (parameters) => extentOf(patchPlans(parameters, sampling)),
      (arena, parameters) =>
        layOut(arena, options, patchPlans(parameters, sampling), parameters.levels[0]!.entry.pose.rows),
    );
    return new BodyTrainer(options, net);
  }

  get slots(): number {
    return this.#slots.count;
  }

  get bytes(): number {
    return this.#net.machine.bytes;
  }

  put(slot: number, { pose, posed, warped, gridChange, faceMorphed, window }: TrainingFrame): void {
    const { image, exact, config, moved, sampling, face, start } = this.#options;
    const size = this.#size;
    const painted = window ?? { top: 0, left: 0, height: size, width: size };
    const { height, width } = painted;
    for (const [name, picture] of Object.entries({ posed, warped })) {
      checkLength(`body trainer: ${name}`, [height, width, 4], picture);
    }
    checkLength('body trainer: gridChange', [height, width, 2], gridChange);
    checkLength('body trainer: faceMorphed', [size, size, 4], faceMorphed);
    // The faces of windows are those of whole frames, which are looked at.
    if (window === undefined) checkInset(faceMorphed, image, size, moved);
    const own = cropTensor(faceMorphed, [size, size, 4], moved);
    this.#slots.fill(slot);
    const { memory, data } = this.#net.machine;
    const store = ({ at, bytes }: Frames, numbers: Float32Array, channels: number): void =>
      storeWindow(memory, at + slot * bytes, numbers, painted, size, channels, exact);
    store(data.posed, posed, 4);
    store(data.flow, gridChange, 2);
    storeNumbers(memory, data.insets.at + slot * data.insets.bytes, own, exact);
    if (data.warped !== null) store(data.warped, warped, 4);
    const values = this.#net.machine.floats(data.poses + slot * data.poseNumbers * 4, data.poseNumbers).fill(0);
    const scales = 'lastScale' in start ? start.poseScales : undefined;
    values.set(pose.subarray(0, config.poseSize).map((value, i) => (scales?.[i] === 0 ? 0 : value)));
    if (sampling.kind === 'patches') {
      const side = config.levels[0]!.size;
      const importance = cellImportance(posed, image, size, side, face, sampling, painted);
      this.#chances[slot] = sampling.sizes.map(({ cells }) => patchChances(importance, side, cells));
    }
  }

  async step({ rate, loss: factors, size = 0 }: Update<BodyLossWeights>): Promise<TrainStep> {
    const { memory, data } = this.#net.machine;
    const { blended, warped, gridChange, direct, flowSoftness = 0, unseen = 1, overpaint = 0 } = factors;
    new Float32Array(memory.buffer, data.factors, 7).set([
      blended,
      warped,
      gridChange,
      direct,
      flowSoftness,
      unseen,
      overpaint,
    ]);
    new Int32Array(memory.buffer, data.size, 1)[0] = size;
    const plan = data.sizes[size];
    if (plan === undefined) {
      throw new RangeError(`body trainer: expected a size from 0 to ${data.sizes.length - 1}, got ${size}`);
    }
    const { levels, shardPatches } = plan;
    const area = levels.at(-1)!.side ** 2;
    let samples = 0;
    const loss = await this.#net.learn(this.#patches(plan, size), {
      shardItems: shardPatches,
      write: ({ slot, cellY, cellX, weights }, shard, index) => {
        const place = shard * shardPatches + index;
        new Int32Array(memory.buffer, data.patches + place * PATCH_NUMBERS * 4, PATCH_NUMBERS).set([
          slot,
          cellY,
          cellX,
        ]);
        new Float32Array(memory.buffer, data.weights + place * area * 4, area).set(weights);
        for (const weight of weights) if (weight > 0) samples++;
      },
    });
    this.#net.update(rate, loss);
    return { loss, samples };
  }

  weights(): Weights {
    return this.#net.weights();
  }

  save(): TrainerState {
    return this.#net.save();
  }

  restore(state: TrainerState): void {
    this.#net.restore(state);
  }

  dispose(): void {
    this.#net.machine.dispose();
  }

  get #size(): number {
    return this.#options.config.levels.at(-1)!.size;
  }

  /**
   * What one update learns from. Without emphasis, the weights make the expected sum of losses the mean over all pixels
   * and frames.
   */
  *#patches({ levels }: PatchPlan, index: number): Iterable<Patch> {
    const { sampling } = this.#options;
    const { random } = this.#net;
    const top = levels.at(-1)!;
    // Output pixels from one cell to the next.
    const stride = 2 ** (levels.length - 1);
    if (sampling.kind === 'whole') {
      const inner = sampling.cells - 2;
      const count = Math.ceil(levels[0]!.size / inner);
      for (const slot of this.#slots.draw(sampling.frames, random)) {
        for (let i = 0; i < count * count; i++) {
          const [u, v] = [Math.floor(i / count) * inner, (i % count) * inner];
          const block = (y: number, x: number): boolean =>
            y >= u * stride && y < (u + inner) * stride && x >= v * stride && x < (v + inner) * stride;
          yield patchAt(slot, u, v, stride, top, (y, x) => (block(y, x) ? sampling.frames : Number.POSITIVE_INFINITY));
        }
      }
      return;
    }
    const { cells, patches } = sampling.sizes[index]!;
    // Pixels of a patch in pictures: what a pixel would be drawn as often as if all were drawn evenly.
    const even = (top.side / top.size) ** 2;
    for (const slot of this.#slots.draw(patches, random)) {
      const chances = this.#chances[slot]![index]!;
      const [u, v] = drawPlace(chances, random);
      yield patchAt(slot, u, v, stride, top, (y, x) => {
        // A pixel is learned from as often as any patch over it is drawn.
        const drawn = coverage(chances, y, x, stride, cells);
        return (drawn * patches) / (1 + sampling.emphasis * (drawn / even - 1));
      });
    }
  }
}

/** The patch at a place. @param chance how often an output pixel is expected in an update, for each time it should count */
function patchAt(
  slot: number,
  u: number,
  v: number,
  stride: number,
  { side, size }: PatchLevel,
  chance: (y: number, x: number) => number,
): Patch {
  const [top, left] = [u * stride - 1, v * stride - 1];
  const weights = new Float32Array(side * side);
  for (let y = Math.max(top, 0); y < Math.min(top + side, size); y++) {
    for (let x = Math.max(left, 0); x < Math.min(left + side, size); x++) {
      weights[(y - top) * side + x - left] = 1 / (size * size * chance(y, x));
    }
  }
  return { slot, cellY: u - 1, cellX: v - 1, weights };
}

function layOut(
  arena: Arena,
  { config, exact, slots, moved, keepWarped }: BodyTrainerOptions,
  sizes: readonly PatchPlan[],
  poseNumbers: number,
): BodyData {
  const size = config.levels.at(-1)!.size;
  const patches = Math.max(...sizes.map(({ shardPatches }) => shardPatches));
  const pixels = Math.max(...sizes.map(({ shardPatches, levels }) => shardPatches * levels.at(-1)!.side ** 2));
  const take = (numbers: number): Frames => {
    const bytes = storedBytes(numbers, exact);
    return { at: arena.take(bytes * slots), bytes };
  };
  return {
    network: 'body',
    sizes,
    exact: exact ? 1 : 0,
    poses: arena.take(slots * poseNumbers * 4),
    poseNumbers,
    base: arena.take(storedBytes(size * size * 4, exact)),
    inset: moved,
    posed: take(size * size * 4),
    flow: take(size * size * 2),
    insets: take(moved.height * moved.width * 4),
    warped: keepWarped ? take(size * size * 4) : null,
    counts: arena.take(SHARDS * 4),
    losses: arena.take(SHARDS * 8),
    factors: arena.take(28),
    size: arena.take(4),
    patches: arena.take(SHARDS * patches * PATCH_NUMBERS * 4),
    weights: arena.take(SHARDS * pixels * 4),
  };
}

/** @throws {RangeError} when the levels are not two or more, each twice as large as the one below */
function checkLevels({ levels }: BodyMorpherConfig): void {
  const sizes = levels.map(({ size }) => size);
  if (sizes.length < 2 || sizes.some((size, i) => i > 0 && size !== 2 * sizes[i - 1]!)) {
    throw new RangeError(`body trainer: expected levels that double in size, got ${sizes.join(', ')}`);
  }
}

/** @throws {RangeError} when a frame's face-morphed picture differs from the picture elsewhere than in `moved` */
function checkInset(faceMorphed: Float32Array, image: Float32Array, size: number, moved: Crop): void {
  const { top, left, height, width } = moved;
  for (let i = 0; i < faceMorphed.length; i++) {
    // 3e-4 is half a step of an 8-bit channel near black.
    if (Math.abs(faceMorphed[i]! - image[i]!) <= 3e-4) continue;
    const [row, column] = [Math.floor(i / 4 / size), Math.floor(i / 4) % size];
    if (row >= top && row < top + height && column >= left && column < left + width) continue;
    throw new RangeError(
      `body trainer: expected faceMorphed to be the picture outside of rows ${top} to ${top + height - 1}, columns ${left} to ${left + width - 1}, got another colour at row ${row}, column ${column}; widen \`moved\``,
    );
  }
}
