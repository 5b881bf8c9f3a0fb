import { CheckpointError, Tha4Error, type Weights } from '@tha4/core';
import type { Arena } from '@tha4/kernels';
import type { TrainerOptions } from '../options.ts';
import type { TrainerState } from '../trainer.ts';
import { resetBases } from './bases.ts';
import { initialWeights } from './initial-weights.ts';
import type { JobData } from './jobs.ts';
import { type ScratchExtent, SHARDS } from './layout.ts';
import { Machine } from './machine.ts';
import { adamPieces } from './optimiser.ts';
import { layOutParameters, type Parameters, packParameters, SINE_SCALE, unpackParameters } from './parameters.ts';
import { SeededRandom } from './random.ts';
import type { NetworkShape } from './shape.ts';

/** What is learned from at once, and how it is written down for the threads. */
export interface Items<I> {
  /** Items that a shard holds. */
  readonly shardItems: number;
  /** Writes an item to place `index` of a shard. */
  write(item: I, shard: number, index: number): void;
}

/** A network that is being trained: weights, optimiser, average and random numbers, whatever it learns from. */
export class TrainedNetwork<D extends JobData> {
  readonly parameters: Parameters;
  readonly machine: Machine<D>;
  readonly random: SeededRandom;
  readonly #averageUpdates: number;
  readonly #lastRate: number;
  readonly #fingerprint: number;
  #updates = 0;

  private constructor(
    parameters: Parameters,
    machine: Machine<D>,
    random: SeededRandom,
    averageUpdates: number,
    lastRate: number,
    fingerprint: number,
  ) {
    this.parameters = parameters;
    this.machine = machine;
    this.random = random;
    this.#averageUpdates = averageUpdates;
    this.#lastRate = lastRate;
    this.#fingerprint = fingerprint;
  }

  /** @param settings all that a saved state must agree with, as JSON can hold it */
  static async create<D extends JobData>(
    shape: NetworkShape,
    { seed, start, averageUpdates, lastRate = 1, optimiser = 'adam', variant, threads, createThread }: TrainerOptions,
    settings: unknown,
    extent: (parameters: Parameters) => ScratchExtent,
    layOut: (arena: Arena, parameters: Parameters) => D,
  ): Promise<TrainedNetwork<D>> {
    const parameters = layOutParameters(shape);
    const random = new SeededRandom(seed);
    const weights = 'lastScale' in start ? initialWeights(shape, random, start) : start;
    const machine = await Machine.create({
      parameters,
      optimiser,
      extent: extent(parameters),
      layOut: (arena) => layOut(arena, parameters),
      variant,
      threads,
      createThread,
    });
    const fingerprint = hash(JSON.stringify([shape, averageUpdates, lastRate, optimiser, settings]));
    const network = new TrainedNetwork(parameters, machine, random, averageUpdates, lastRate, fingerprint);
    const { layout } = machine;
    packParameters(parameters, weights, machine.floats(layout.weights, parameters.count));
    network.#flat(layout.average).set(network.#flat(layout.weights));
    if (layout.bases !== null) resetBases(machine.memory, layout.bases);
    network.#prepare();
    return network;
  }

  /**
   * Sums gradients over all items, some at a time. Between, other work of the process gets its turn.
   *
   * @returns the loss, summed
   */
  async learn<I>(items: Iterable<I>, { shardItems, write }: Items<I>): Promise<number> {
    const { machine } = this;
    machine.clear();
    let loss = 0;
    let rounds = 0;
    const run = async (round: readonly I[]): Promise<void> => {
      // Whole turns of the event loop only where one update takes long.
      if (rounds++ > 0) await new Promise((resolve) => setTimeout(resolve));
      const counts = new Int32Array(machine.memory.buffer, machine.data.counts, SHARDS);
      for (let shard = 0; shard < SHARDS; shard++) {
        const own = round.slice(share(shard, round.length), share(shard + 1, round.length));
        for (const [index, item] of own.entries()) write(item, shard, index);
        counts[shard] = own.length;
      }
      machine.learn();
      for (const part of new Float64Array(machine.memory.buffer, machine.data.losses, SHARDS)) loss += part;
    };
    let round: I[] = [];
    for (const item of items) {
      round.push(item);
      if (round.length === SHARDS * shardItems) {
        await run(round);
        round = [];
      }
    }
    if (round.length > 0) await run(round);
    return loss;
  }

  /** Moves the weights by what was learned. @throws {Tha4Error} when the loss says that it makes no sense */
  update(rate: number, loss: number): void {
    if (!Number.isFinite(loss)) {
      throw new Tha4Error(
        `trainer: expected a finite loss in update ${this.#updates + 1}, got ${loss}; begin again with a lower rate`,
      );
    }
    this.#updates++;
    const share = this.#averageUpdates === 0 ? 1 : 1 - 2 ** (-1 / this.#averageUpdates);
    // A young average forgets where it began.
    this.machine.update(this.#updates, rate, rate * this.#lastRate, Math.max(share, 4 / (this.#updates + 3)));
  }

  weights(): Weights {
    return unpackParameters(this.parameters, this.#flat(this.machine.layout.average));
  }

  save(): TrainerState {
    const { weights, mean, square, average, bases } = this.machine.layout;
    const own: (readonly [string, Float32Array])[] =
      bases === null ? [] : [['bases', this.machine.floats(bases.at, bases.count).slice()]];
    return new Map<string, Float32Array | Uint32Array>([
      ['network', Uint32Array.of(this.#fingerprint)],
      ['updates', Uint32Array.of(this.#updates)],
      ['random', this.random.save()],
      ['weights', this.#flat(weights).slice()],
      ['mean', this.#flat(mean).slice()],
      ['square', this.#flat(square).slice()],
      ['average', this.#flat(average).slice()],
      ...own,
    ]);
  }

  /** @throws {CheckpointError} when the state is not of this network and these settings */
  restore(state: TrainerState): void {
    if (state.get('network')?.[0] !== this.#fingerprint) {
      throw new CheckpointError(
        'trainer: expected a state of this network and these settings, got another one; restore it with the settings that it was saved with',
      );
    }
    const { weights, mean, square, average, bases } = this.machine.layout;
    const numbers = Object.entries({ weights, mean, square, average });
    const wrong = numbers.filter(([key]) => state.get(key)?.length !== this.parameters.count).map(([key]) => key);
    if (bases !== null && state.get('bases')?.length !== bases.count) wrong.push('bases');
    if (state.get('updates')?.length !== 1) wrong.push('updates');
    if (state.get('random')?.length !== 4) wrong.push('random');
    if (wrong.length > 0) {
      throw new CheckpointError(`trainer: expected a whole state, got none or another length of ${wrong.join(', ')}`);
    }
    for (const [key, pointer] of numbers) this.#flat(pointer).set(state.get(key)!);
    if (bases !== null) this.machine.floats(bases.at, bases.count).set(state.get('bases')!);
    this.#updates = state.get('updates')![0]!;
    this.random.restore(state.get('random') as Uint32Array);
    this.#prepare();
  }

  /** Makes what the kernels read from the weights. */
  #prepare(): void {
    const { weights, forward } = this.machine.layout;
    const from = this.#flat(weights);
    const to = this.#flat(forward);
    for (const { from: first, count, sine } of adamPieces(this.parameters, null)) {
      const factor = sine ? Math.fround(SINE_SCALE) : 1;
      for (let i = first; i < first + count; i++) to[i] = from[i]! * factor;
    }
    this.machine.transpose();
  }

  #flat(pointer: number): Float32Array {
    return this.machine.floats(pointer, this.parameters.count);
  }
}

/** First item of a shard when `count` are dealt out evenly. */
function share(shard: number, count: number): number {
  return Math.floor((shard * count) / SHARDS);
}

/** FNV-1a, 32 bit. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
