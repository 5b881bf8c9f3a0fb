import { BackendError } from '@tha4/core';
import { Arena, type KernelVariant } from '@tha4/kernels';
import { CONTROL_BYTES, soloTeam, startTeam, type Team, type ThreadHandle } from '@tha4/kernels/threads';
import { loadTrainingKernels, TRAINING_PAGES } from '@tha4/kernels/training';
import { JOB, type JobData, type ThreadStart, threadWork } from './jobs.ts';
import {
  layOutNetwork,
  layOutScratch,
  type NetworkLayout,
  type Optimiser,
  type ScratchExtent,
  SHARDS,
} from './layout.ts';
import { adamPieces, transposable, UPDATE, UPDATE_NUMBERS } from './optimiser.ts';
import type { Parameters } from './parameters.ts';

/** What a machine is built for. */
export interface MachineOptions<D extends JobData> {
  readonly parameters: Parameters;
  readonly optimiser: Optimiser;
  readonly extent: ScratchExtent;
  /** Lays out what the network's own job reads. */
  readonly layOut: (arena: Arena) => D;
  readonly variant: KernelVariant;
  readonly threads: number;
  readonly createThread: (() => ThreadHandle) | null;
}

/** The memory of a network that is being trained, and the threads that work on it. */
export class Machine<D extends JobData> {
  readonly memory: WebAssembly.Memory;
  readonly layout: NetworkLayout;
  readonly data: D;
  readonly #team: Team;
  readonly #update: number;

  private constructor(memory: WebAssembly.Memory, layout: NetworkLayout, data: D, update: number, team: Team) {
    this.memory = memory;
    this.layout = layout;
    this.data = data;
    this.#update = update;
    this.#team = team;
  }

  /** @throws {BackendError} when a thread does not start, or the memory would exceed 2 GB */
  static async create<D extends JobData>(options: MachineOptions<D>): Promise<Machine<D>> {
    const { parameters, optimiser, extent, variant, threads, createThread } = options;
    const memory = new WebAssembly.Memory({ initial: 16, maximum: TRAINING_PAGES, shared: true });
    const arena = new Arena(memory);
    const helpers = createThread === null ? 0 : threads - 1;
    const control = arena.take(CONTROL_BYTES);
    try {
      const layout = layOutNetwork(arena, parameters, optimiser);
      const update = arena.take(UPDATE_NUMBERS * 4);
      const scratch = Array.from({ length: helpers + 1 }, () => layOutScratch(arena, layout, extent));
      const data = options.layOut(arena);
      const starts = scratch.map(
        (own): ThreadStart => ({ memory, variant, layout, scratch: own, data, update, control }),
      );
      const work = threadWork(starts[0]!, await loadTrainingKernels(memory, variant));
      const team =
        createThread === null || helpers === 0
          ? soloTeam(work)
          : await startTeam(
              work,
              new Int32Array(memory.buffer, control, CONTROL_BYTES / 4),
              createThread,
              starts.slice(1),
            );
      return new Machine(memory, layout, data, update, team);
    } catch (cause) {
      throw new BackendError(`trainer: ${(cause as Error).message}; use fewer slots or threads`, { cause });
    }
  }

  get bytes(): number {
    return this.memory.buffer.byteLength;
  }

  floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.memory.buffer, pointer, count);
  }

  /** Sets all gradients to zero. */
  clear(): void {
    this.#team.run(JOB.clear, 0, SHARDS, 1);
  }

  /** Every shard learns from the items that were laid out for it. */
  learn(): void {
    this.#team.run(JOB.learn, 0, SHARDS, 1);
  }

  /**
   * One step of the optimiser.
   *
   * @param number of the update, from 1
   * @param keep share of the new weights in the average
   */
  update(number: number, rate: number, lastRate: number, keep: number): void {
    const numbers = this.floats(this.#update, UPDATE_NUMBERS);
    const unbiased = 1 - 0.9 ** number;
    numbers[UPDATE.step] = rate / unbiased;
    numbers[UPDATE.lastStep] = lastRate / unbiased;
    numbers[UPDATE.correction] = 1 / Math.sqrt(1 - 0.999 ** number);
    numbers[UPDATE.keep] = keep;
    numbers[UPDATE.number] = number;
    const { parameters, bases } = this.layout;
    if (bases !== null) this.#team.run(JOB.soap, 0, bases.matrices.length, 1);
    this.#team.run(JOB.adam, 0, adamPieces(parameters, bases).length, 1);
    this.transpose();
  }

  /** Repacks the weights for the way back. */
  transpose(): void {
    this.#team.run(JOB.transpose, 0, transposable(this.layout.parameters).length, 1);
  }

  dispose(): void {
    this.#team.dispose();
  }
}
