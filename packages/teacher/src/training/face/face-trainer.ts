import { type Crop, cropTensor, type FaceMorpherConfig, type Weights } from '@tha4/core';
import type { Arena } from '@tha4/kernels';
import { SHARDS } from '../network/layout.ts';
import { faceShape } from '../network/shape.ts';
import { checkLength, Slots } from '../network/slots.ts';
import { storedBytes, storeNumbers } from '../network/stored-numbers.ts';
import { TrainedNetwork } from '../network/trained-network.ts';
import type { TrainerOptions } from '../options.ts';
import type { FaceLossWeights, NetworkTrainer, TrainerState, TrainingFrame, TrainStep, Update } from '../trainer.ts';
import { drawPixels, type FaceSampling, pixelChances } from './face-sampling.ts';
import { type FaceData, SHARD_TILES, TILE } from './learn-tiles.ts';

/** What a face trainer is made with. */
export interface FaceTrainerOptions extends TrainerOptions {
  readonly config: FaceMorpherConfig;
  /** Where the face lies in the picture. */
  readonly crop: Crop;
  /** Side of the picture, pixels. */
  readonly imageSize: number;
  /** `[imageSize, imageSize]` 0..1: where brows, eyes, mouth and jaw move. */
  readonly mask: Float32Array;
  readonly sampling: FaceSampling;
}

/** Points of one frame, and how much each counts. */
interface Tile {
  readonly slot: number;
  readonly pixels: Uint32Array;
  readonly weights: Float32Array;
}

/** Trains a face morpher on the faces of frames (the crop of their `faceMorphed`). */
export class FaceTrainer implements NetworkTrainer<FaceLossWeights> {
  readonly network = 'face';
  readonly #options: FaceTrainerOptions;
  readonly #net: TrainedNetwork<FaceData>;
  readonly #slots: Slots;
  /** By slot. */
  readonly #chances: Float64Array[] = [];
  readonly #mask: Float32Array;
  readonly #rest: Float32Array;

  private constructor(options: FaceTrainerOptions, net: TrainedNetwork<FaceData>) {
    const { crop, mask, image, imageSize } = options;
    this.#options = options;
    this.#net = net;
    this.#slots = new Slots(options.slots);
    this.#mask = cropTensor(mask, [imageSize, imageSize, 1], crop);
    this.#rest = cropTensor(image, [imageSize, imageSize, 4], crop);
  }

  /**
   * @throws {RangeError | ShapeError} when options do not fit each other
   * @throws {BackendError} when a thread does not start, or the memory is not to be had
   */
  static async create(options: FaceTrainerOptions): Promise<FaceTrainer> {
    const { config, crop, exact, slots, sampling, seed } = options;
    if (crop.width !== config.imageSize || crop.height !== config.imageSize || config.imageSize ** 2 % TILE !== 0) {
      throw new RangeError(
        `face trainer: expected a crop as large as the network (${config.imageSize}), whose pixels are a multiple of ${TILE}, got ${crop.height} x ${crop.width}`,
      );
    }
    const frameBytes = storedBytes(config.imageSize ** 2 * 4, exact);
    const layOut = (arena: Arena, poseNumbers: number): FaceData => ({
      network: 'face',
      size: config.imageSize,
      exact: exact ? 1 : 0,
      frames: arena.take(slots * frameBytes),
      frameBytes,
      poses: arena.take(slots * poseNumbers * 4),
      poseNumbers,
      counts: arena.take(SHARDS * 4),
      losses: arena.take(SHARDS * 8),
      slots: arena.take(SHARDS * SHARD_TILES * 4),
      pixels: arena.take(SHARDS * SHARD_TILES * TILE * 4),
      weights: arena.take(SHARDS * SHARD_TILES * TILE * 4),
    });
    const net = await TrainedNetwork.create(
      faceShape(config),
      options,
      [config, crop, sampling, exact, seed],
      () => ({ rows: [TILE], groups: SHARD_TILES }),
      (arena, { levels }) => layOut(arena, levels[0]!.entry.pose.rows),
    );
    return new FaceTrainer(options, net);
  }

  get slots(): number {
    return this.#slots.count;
  }

  get bytes(): number {
    return this.#net.machine.bytes;
  }

  put(slot: number, { pose, faceMorphed }: TrainingFrame): void {
    const { crop, imageSize, exact, sampling, config } = this.#options;
    checkLength('face trainer: faceMorphed', [imageSize, imageSize, 4], faceMorphed);
    this.#slots.fill(slot);
    const { memory, data } = this.#net.machine;
    const face = cropTensor(faceMorphed, [imageSize, imageSize, 4], crop);
    storeNumbers(memory, data.frames + slot * data.frameBytes, face, exact);
    const own = this.#net.machine.floats(data.poses + slot * data.poseNumbers * 4, data.poseNumbers).fill(0);
    own.set(pose.subarray(0, config.poseSize));
    if (sampling.kind === 'points') {
      this.#chances[slot] = pixelChances(this.#mask, differences(face, this.#rest), sampling);
    }
  }

  async step({ rate, loss: factors }: Update<FaceLossWeights>): Promise<TrainStep> {
    let samples = 0;
    const { pixels, slots, weights } = this.#net.machine.data;
    const { memory } = this.#net.machine;
    const tiles = function* (all: Iterable<Tile>): Iterable<Tile> {
      for (const tile of all) {
        samples += TILE;
        yield tile;
      }
    };
    const loss = await this.#net.learn(tiles(this.#tiles(factors)), {
      shardItems: SHARD_TILES,
      write: (tile, shard, index) => {
        const place = shard * SHARD_TILES + index;
        new Int32Array(memory.buffer, slots + place * 4, 1)[0] = tile.slot;
        new Uint32Array(memory.buffer, pixels + place * TILE * 4, TILE).set(tile.pixels);
        new Float32Array(memory.buffer, weights + place * TILE * 4, TILE).set(tile.weights);
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

  /** What one update learns from. The weights make the expected sum of losses the mean over all pixels and frames. */
  *#tiles({ full, masked }: FaceLossWeights): Iterable<Tile> {
    const { sampling, config } = this.#options;
    const { random } = this.#net;
    const size = config.imageSize;
    const area = size * size;
    const wanted = (pixel: number): number => (full + masked * this.#mask[pixel]!) / area;
    const tile = (slot: number, numbers: Uint32Array, chance: (pixel: number) => number): Tile => ({
      slot,
      pixels: numbers.map((pixel) => (Math.floor(pixel / size) << 16) | (pixel % size)),
      weights: Float32Array.from(numbers, (pixel) => wanted(pixel) / chance(pixel)),
    });
    if (sampling.kind === 'whole') {
      for (const slot of this.#slots.draw(sampling.frames, random)) {
        for (let first = 0; first < area; first += TILE) {
          yield tile(
            slot,
            Uint32Array.from({ length: TILE }, (_, i) => first + i),
            () => sampling.frames,
          );
        }
      }
      return;
    }
    for (const slot of this.#slots.draw(sampling.tiles, random)) {
      const sums = this.#chances[slot]!;
      const numbers = new Uint32Array(TILE);
      drawPixels(sums, random, numbers);
      yield tile(slot, numbers, (pixel) => (sums[pixel + 1]! - sums[pixel]!) * TILE * sampling.tiles);
    }
  }
}

/** Mean over channels of |a - b|, per pixel. */
function differences(a: Float32Array, b: Float32Array): Float32Array {
  return Float32Array.from({ length: a.length / 4 }, (_, i) => {
    let sum = 0;
    for (let c = i * 4; c < i * 4 + 4; c++) sum += Math.abs(a[c]! - b[c]!);
    return sum / 4;
  });
}
