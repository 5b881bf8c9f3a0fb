import type { RgbaImage, StudentConfig } from '@tha4/core';
import type { Arena, Kernels } from '@tha4/kernels';
import { foldPose, type StudentPlan } from '../plan/student-plan.ts';
import { CHUNK, type Painter, paintFaceChunk, paintLevelChunk, SCRATCH_BYTES } from './paint-chunk.ts';
import { PixelLists } from './pixel-lists.ts';
import { layoutStudent, type PosedBias, type StudentLayout } from './student-layout.ts';
import { type Tile, VisibleTiles } from './visible-tiles.ts';

/** How a student in the kernels' memory paints. */
export interface WasmStudentOptions {
  /** Leave out tiles in which nothing is visible; the picture is the same (see `VisibleTiles`). */
  readonly cull: boolean;
}

/**
 * A student in the kernels' memory. Same numbers as `student` of core, to rounding, but: the pose is folded into biases
 * once a frame, a level's first layer is applied below the enlargement, activations never leave the cache, and tiles
 * in which nothing is visible are left out.
 */
export class WasmStudent {
  readonly #arena: Arena;
  readonly #layout: StudentLayout;
  readonly #posed: readonly PosedBias[];
  readonly #painter: Painter;
  readonly #tiles: VisibleTiles;
  readonly #cull: boolean;
  #lists: PixelLists;
  /** How many pixels of each level's list are in the kernels' memory. */
  #uploaded: readonly number[];
  #frames = 0;

  /** @throws {BackendError} when the config has a shape that the kernels do not know */
  constructor(
    kernels: Kernels,
    arena: Arena,
    config: StudentConfig,
    plan: StudentPlan,
    image: RgbaImage,
    { cull = true }: Partial<WasmStudentOptions> = {},
  ) {
    const { layout, posed } = layoutStudent(arena, config, plan, image);
    this.#arena = arena;
    this.#layout = layout;
    this.#posed = posed;
    this.#painter = { kernels, layout, scratch: arena.take(SCRATCH_BYTES) };
    this.#cull = cull;
    this.#tiles = new VisibleTiles(layout.size);
    this.#lists = this.#emptyLists();
    this.#uploaded = this.#lists.counts();
    this.#add(this.#tiles.addAll());
  }

  /** Share of the picture that is painted, 0..1. */
  get paintedShare(): number {
    return this.#tiles.share();
  }

  /** @returns a view of the frame in model space, `[size, size, 4]`, valid until the next call */
  paint(pose: Float32Array): Float32Array {
    for (const { bias, entry } of this.#posed) foldPose(entry, pose, this.#floats(bias, entry.outputs));
    this.#paintFace();
    this.#paintSince(this.#lists.counts().map(() => 0));
    if (this.#cull) this.#followVisible();
    this.#frames++;
    return this.frame();
  }

  /** The last frame, as `paint` returns it. */
  frame(): Float32Array {
    return this.#floats(this.#layout.frame, this.#layout.size ** 2 * 4);
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

  #paintFace(): void {
    const { facePixels } = this.#layout;
    for (let first = 0; first < facePixels; first += CHUNK) {
      paintFaceChunk(this.#painter, first, Math.min(CHUNK, facePixels - first));
    }
  }

  /** Paints each level's pixels from number `before[level]` on. */
  #paintSince(before: readonly number[]): void {
    this.#lists.counts().forEach((count, level) => {
      const end = before[level]! + Math.ceil((count - before[level]!) / 4) * 4;
      for (let first = before[level]!; first < end; first += CHUNK) {
        paintLevelChunk(this.#painter, level, first, Math.min(CHUNK, end - first));
      }
    });
  }

  #add(tiles: readonly Tile[]): void {
    for (const { row, column } of tiles) this.#lists.addTile(row, column);
    this.#layout.levels.forEach(({ list }, level) => {
      const from = this.#uploaded[level]!;
      const names = this.#lists.since(level, from);
      if (names.length === 0) return;
      // The kernels take pixels by fours: up to three more, the last one again, are there to be painted twice.
      const target = new Uint32Array(this.#arena.memory.buffer, list + from * 4, names.length + 3);
      target.set(names);
      target.fill(names.at(-1)!, names.length);
    });
    this.#uploaded = this.#lists.counts();
  }

  #emptyLists(): PixelLists {
    return new PixelLists(this.#layout.levels.map((level) => level.size));
  }

  /** A view; the memory may have grown since the last one. */
  #floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#arena.memory.buffer, pointer, count);
  }
}
