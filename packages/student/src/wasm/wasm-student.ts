import type { RgbaImage, StudentConfig } from '@tha4/core';
import { Arena, type KernelVariant, loadKernels, MAXIMUM_PAGES } from '@tha4/kernels';
import { CONTROL_BYTES, type Team, type ThreadHandle } from '@tha4/kernels/threads';
import { foldPose, type StudentPlan } from '../plan/student-plan.ts';
import { SCRATCH_BYTES } from './paint-chunk.ts';
import { PixelLists } from './pixel-lists.ts';
import { layoutStudent, OUTPUT_LANES, type PosedBias, type StudentLayout } from './student-layout.ts';
import type { ThreadStart } from './thread.ts';
import { startTeam } from './thread-team.ts';
import { isUsualPose } from './usual-pose.ts';
import { allTiles, type Tile, VisibleTiles } from './visible-tiles.ts';
import { FACE, TAKE, WHOLE } from './work-sharing.ts';

const NOTHING: readonly number[] = [];

/** How a student in the kernels' memory paints. */
export interface WasmStudentOptions {
  readonly variant: KernelVariant;
  /** Which tiles have something visible in any pose, `[side, side]`; the others are left out. `null`: paint all. */
  readonly tiles: Uint8Array | null;
  /** Threads that paint, the calling one counted; more than one needs shared memory and a thread that may wait. */
  readonly threads: number;
  /** Starts a worker that calls `serveThread`; needed for more than one thread. */
  readonly createThread: (() => ThreadHandle) | null;
  /** Keep what the body network says of each pixel, for `outputs`; takes 8 MB more. */
  readonly keepOutputs: boolean;
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
  /** `null` where the list of tiles is fixed. */
  readonly #growing: VisibleTiles | null;
  #lists: PixelLists;
  #whole: PixelLists | null = null;
  /** Whether tiles that are left out hold something from a frame that was painted whole. */
  #othersAreDirty = false;

  private constructor(
    memory: WebAssembly.Memory,
    layout: StudentLayout,
    posed: readonly PosedBias[],
    team: Team,
    tiles: Uint8Array | null,
  ) {
    this.#memory = memory;
    this.#layout = layout;
    this.#posed = posed;
    this.#team = team;
    this.#growing = tiles === null ? null : new VisibleTiles(layout.size);
    this.#lists = this.#emptyLists();
    this.frame().fill(-1); // tiles that are never painted stay transparent
    this.#clearOutputs();
    this.#add(this.#growing === null || tiles === null ? allTiles(layout.size) : this.#growing.addMap(tiles));
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
    { variant, tiles, threads, createThread, keepOutputs }: WasmStudentOptions,
  ): Promise<WasmStudent> {
    const helpers = createThread === null ? 0 : threads - 1;
    const memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared: helpers > 0 });
    const arena = new Arena(memory);
    const { layout, posed } = layoutStudent(arena, config, plan, image, keepOutputs);
    const control = arena.take(CONTROL_BYTES);
    const scratch = Array.from({ length: helpers + 1 }, () => arena.take(SCRATCH_BYTES));
    const painter = { kernels: await loadKernels(memory, variant), layout, scratch: scratch[0]! };
    const starts = scratch.slice(1).map((own): ThreadStart => ({ memory, variant, layout, scratch: own, control }));
    const team = await startTeam(
      painter,
      new Int32Array(memory.buffer, control, CONTROL_BYTES / 4),
      createThread,
      starts,
    );
    return new WasmStudent(memory, layout, posed, team, tiles);
  }

  /** Bytes of the kernels' memory. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Share of the picture that is painted, 0..1. */
  get paintedShare(): number {
    return this.#growing?.share() ?? 1;
  }

  /** @returns a view of the frame in model space, `[size, size, 4]`, valid until the next call */
  paint(pose: Float32Array): Float32Array {
    for (const { bias, entry } of this.#posed) foldPose(entry, pose, this.#floats(bias, entry.outputs));
    this.#team.run(FACE, 0, this.#layout.facePixels, TAKE);
    const growing = this.#growing;
    if (growing === null) {
      this.#paintSince(this.#lists, NOTHING, 0);
      return this.frame();
    }
    if (!isUsualPose(pose)) {
      this.#paintSince(this.#wholeLists(), NOTHING, WHOLE);
      this.#othersAreDirty = true;
      return this.frame();
    }
    if (this.#othersAreDirty) {
      growing.clearOthers(this.frame());
      this.#clearOutputs();
    }
    this.#othersAreDirty = false;
    this.#paintSince(this.#lists, NOTHING, 0);
    for (let added = growing.grow(this.frame()); added.length > 0; added = growing.grow(this.frame())) {
      const before = this.#lists.counts();
      this.#add(added);
      this.#paintSince(this.#lists, before, 0);
    }
    return this.frame();
  }

  /**
   * Paints some tiles in another pose, around the face of the last whole frame; all others keep what they hold. For
   * surveys, not for pictures.
   *
   * @returns a view of the frame as `paint` returns it
   */
  paintTiles(pose: Float32Array, tiles: readonly Tile[]): Float32Array {
    for (const { bias, entry } of this.#posed) foldPose(entry, pose, this.#floats(bias, entry.outputs));
    this.#lists = this.#emptyLists();
    this.#add(tiles);
    this.#paintSince(this.#lists, NOTHING, 0);
    return this.frame();
  }

  /**
   * Paints the face of a pose into the picture, and no frame.
   *
   * @returns a view as `faceMorphed` returns it, valid until the next call
   */
  paintFace(pose: Float32Array): Float32Array {
    for (const { bias, entry } of this.#posed) foldPose(entry, pose, this.#floats(bias, entry.outputs));
    this.#team.run(FACE, 0, this.#layout.facePixels, TAKE);
    return this.faceMorphed();
  }

  /** The last frame, as `paint` returns it. */
  frame(): Float32Array {
    return this.#floats(this.#layout.frame, this.#layout.size ** 2 * 4);
  }

  /** A view of the picture with the last frame's face in it, `[size, size, 4]` in model space. */
  faceMorphed(): Float32Array {
    return this.#floats(this.#layout.image, this.#layout.size ** 2 * 4);
  }

  /**
   * What the body network said of each pixel of the last frame: flow x, y, alpha, R, G, B, A and a zero. Pixels of tiles
   * that were left out move nothing and paint nothing: zeros, and -1 for the colour.
   *
   * @returns a view, `[size, size, 8]`; empty unless `keepOutputs` was asked for
   */
  outputs(): Float32Array {
    const { outputs, size } = this.#layout;
    return this.#floats(outputs, outputs === 0 ? 0 : size * size * OUTPUT_LANES);
  }

  /** Ends the threads. The memory goes with the last reference to it. */
  dispose(): void {
    this.#team.dispose();
  }

  /** What the outputs are where nothing is painted. */
  #clearOutputs(): void {
    const outputs = this.outputs();
    outputs.fill(0);
    for (let at = 0; at < outputs.length; at += OUTPUT_LANES) outputs.fill(-1, at + 3, at + 7);
  }

  /** Paints each level's pixels from number `before[level]` of its list on. */
  #paintSince(lists: PixelLists, before: readonly number[], whichList: 0 | typeof WHOLE): void {
    lists.counts().forEach((count, level) => {
      const from = before[level] ?? 0;
      if (count > from) this.#team.run(level + whichList, from, from + Math.ceil((count - from) / 4) * 4, TAKE);
    });
  }

  #add(tiles: readonly Tile[]): void {
    const before = this.#lists.counts();
    for (const { row, column } of tiles) this.#lists.addTile(row, column);
    this.#layout.levels.forEach(({ list }, level) => {
      this.#upload(list, before[level]!, this.#lists.since(level, before[level]!));
    });
  }

  /** Lists of all pixels, made when the first frame needs them. */
  #wholeLists(): PixelLists {
    if (this.#whole !== null) return this.#whole;
    const whole = this.#emptyLists();
    for (const { row, column } of allTiles(this.#layout.size)) whole.addTile(row, column);
    this.#layout.levels.forEach(({ wholeList }, level) => {
      this.#upload(wholeList, 0, whole.since(level, 0));
    });
    this.#whole = whole;
    return whole;
  }

  #upload(list: number, from: number, names: Uint32Array): void {
    if (names.length === 0) return;
    // The kernels take pixels by fours: up to three more, the last one again, are there to be painted twice.
    const target = new Uint32Array(this.#memory.buffer, list + from * 4, names.length + 3);
    target.set(names);
    target.fill(names.at(-1)!, names.length);
  }

  #emptyLists(): PixelLists {
    return new PixelLists(this.#layout.levels.map((level) => level.size));
  }

  /** A view of the kernels' memory. */
  #floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, count);
  }
}
