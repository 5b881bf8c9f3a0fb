import type { RgbaImage, StudentConfig } from '@tha4/core';
import { Arena, type KernelVariant, loadKernels, MAXIMUM_PAGES } from '@tha4/kernels';
import { foldPose, type StudentPlan } from '../plan/student-plan.ts';
import { SCRATCH_BYTES } from './paint-chunk.ts';
import { PixelLists } from './pixel-lists.ts';
import { layoutStudent, type PosedBias, type StudentLayout } from './student-layout.ts';
import type { ThreadStart } from './thread.ts';
import { soloTeam, startTeam, type Team, type ThreadHandle } from './thread-team.ts';
import { type Tile, VisibleTiles } from './visible-tiles.ts';
import { CONTROL_BYTES, FACE } from './work-sharing.ts';

/** How a student in the kernels' memory paints. */
export interface WasmStudentOptions {
  readonly variant: KernelVariant;
  /** Leave out tiles in which nothing is visible; the picture is the same (see `VisibleTiles`). */
  readonly cull: boolean;
  /** Threads that paint, the calling one counted; more than one needs shared memory and a thread that may wait. */
  readonly threads: number;
  /** Starts a worker that calls `serveThread`; needed for more than one thread. */
  readonly createThread: (() => ThreadHandle) | null;
}

/**
 * A student in the kernels' memory. Same numbers as `student` of core, to rounding, but: the pose is folded into biases
 * once a frame, a level's first layer is applied below the enlargement, activations never leave the cache, and tiles
 * in which nothing is visible are left out.
 */
export class WasmStudent {
  readonly #memory: WebAssembly.Memory;
  readonly #layout: StudentLayout;
  readonly #posed: readonly PosedBias[];
  readonly #team: Team;
  readonly #tiles: VisibleTiles;
  readonly #cull: boolean;
  #lists: PixelLists;
  /** How many pixels of each level's list are in the kernels' memory. */
  #uploaded: readonly number[];
  #frames = 0;

  private constructor(
    memory: WebAssembly.Memory,
    layout: StudentLayout,
    posed: readonly PosedBias[],
    team: Team,
    cull: boolean,
  ) {
    this.#memory = memory;
    this.#layout = layout;
    this.#posed = posed;
    this.#team = team;
    this.#cull = cull;
    this.#tiles = new VisibleTiles(layout.size);
    this.#lists = this.#emptyLists();
    this.#uploaded = this.#lists.counts();
    this.#add(this.#tiles.addAll());
  }

  /**
   * Lays a student out in a memory of its own, and starts its threads.
   *
   * @throws {BackendError} when the config has a shape that the kernels do not know, or a thread does not start
   */
  static async create(
    config: StudentConfig,
    plan: StudentPlan,
    image: RgbaImage,
    { variant, cull, threads, createThread }: WasmStudentOptions,
  ): Promise<WasmStudent> {
    const helpers = createThread === null ? 0 : threads - 1;
    const memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared: helpers > 0 });
    const arena = new Arena(memory);
    const { layout, posed } = layoutStudent(arena, config, plan, image);
    const control = arena.take(CONTROL_BYTES);
    const scratch = Array.from({ length: helpers + 1 }, () => arena.take(SCRATCH_BYTES));
    const painter = { kernels: await loadKernels(memory, variant), layout, scratch: scratch[0]! };
    const starts = scratch.slice(1).map((own): ThreadStart => ({ memory, variant, layout, scratch: own, control }));
    const team =
      createThread === null || helpers === 0
        ? soloTeam(painter)
        : await startTeam(painter, new Int32Array(memory.buffer, control, CONTROL_BYTES / 4), createThread, starts);
    return new WasmStudent(memory, layout, posed, team, cull);
  }

  /** Bytes of the kernels' memory. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Share of the picture that is painted, 0..1. */
  get paintedShare(): number {
    return this.#tiles.share();
  }

  /** @returns a view of the frame in model space, `[size, size, 4]`, valid until the next call */
  paint(pose: Float32Array): Float32Array {
    for (const { bias, entry } of this.#posed) foldPose(entry, pose, this.#floats(bias, entry.outputs));
    this.#team.paint(FACE, 0, this.#layout.facePixels);
    this.#paintSince(this.#lists.counts().map(() => 0));
    if (this.#cull) this.#followVisible();
    this.#frames++;
    return this.frame();
  }

  /** The last frame, as `paint` returns it. */
  frame(): Float32Array {
    return this.#floats(this.#layout.frame, this.#layout.size ** 2 * 4);
  }

  /** Ends the threads. The memory goes with the last reference to it. */
  dispose(): void {
    this.#team.dispose();
  }

  #followVisible(): void {
    if (this.#frames === 0) {
      // The first frame was whole; from now on only what was visible in it, and what that grows into.
      this.#lists = this.#emptyLists();
      this.#uploaded = this.#lists.counts();
      this.#add(this.#tiles.restart(this.frame()));
      this.#clearUnpainted();
      return;
    }
    for (let added = this.#tiles.grow(this.frame()); added.length > 0; added = this.#tiles.grow(this.frame())) {
      const before = this.#uploaded;
      this.#add(added);
      this.#paintSince(before);
    }
  }

  /** Makes the tiles that are not painted any more fully transparent: they keep what they hold from now on. */
  #clearUnpainted(): void {
    const frame = this.frame();
    const kept = frame.slice();
    frame.fill(-1);
    for (const name of this.#lists.since(this.#layout.levels.length - 1, 0)) {
      const at = (((name >>> 16) - 1) * this.#layout.size + (name & 0xffff) - 1) * 4;
      frame.set(kept.subarray(at, at + 4), at);
    }
  }

  /** Paints each level's pixels from number `before[level]` on. */
  #paintSince(before: readonly number[]): void {
    this.#lists.counts().forEach((count, level) => {
      const from = before[level]!;
      if (count > from) this.#team.paint(level, from, from + Math.ceil((count - from) / 4) * 4);
    });
  }

  #add(tiles: readonly Tile[]): void {
    for (const { row, column } of tiles) this.#lists.addTile(row, column);
    this.#layout.levels.forEach(({ list }, level) => {
      const from = this.#uploaded[level]!;
      const names = this.#lists.since(level, from);
      if (names.length === 0) return;
      // The kernels take pixels by fours: up to three more, the last one again, are there to be painted twice.
      const target = new Uint32Array(this.#memory.buffer, list + from * 4, names.length + 3);
      target.set(names);
      target.fill(names.at(-1)!, names.length);
    });
    this.#uploaded = this.#lists.counts();
  }

  #emptyLists(): PixelLists {
    return new PixelLists(this.#layout.levels.map((level) => level.size));
  }

  /** A view of the kernels' memory. */
  #floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, count);
  }
}
