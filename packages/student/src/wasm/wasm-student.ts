import type { RgbaImage, StudentConfig } from '@tha4/core';
import { Arena, type KernelVariant, loadKernels, MAXIMUM_PAGES } from '@tha4/kernels';
import { CONTROL_BYTES, type ThreadHandle } from '@tha4/kernels/threads';
import { KeptBody } from '../plan/kept-body.ts';
import { KeptFace } from '../plan/kept-face.ts';
import { bodySeesFace, foldPose, type StudentPlan } from '../plan/student-plan.ts';
import { type Quality, qualitiesOf } from '../quality.ts';
import { BY_MAP_ALONE, BY_MAP_TILES, BY_SMALL_TILES, PaintedArea } from '../tiles/painted-area.ts';
import { PixelLists } from '../tiles/pixel-lists.ts';
import { fillTiles, type Tile, visibleQuarters } from '../tiles/visible-tiles.ts';
import { BodyPainter, type BodyWay } from './body-painter.ts';
import { OUTPUT_BYTES, SCRATCH_BYTES } from './paint-chunk.ts';
import { layoutStudent, type PosedBias, type Precision, type StudentLayout } from './student-layout.ts';
import type { ThreadStart } from './thread.ts';
import { type PaintTeam, startPaintTeam } from './thread-team.ts';
import { FACE } from './work-sharing.ts';
import { WrittenLists } from './written-lists.ts';

/** Numbers of a pixel's outputs. */
const LANES = OUTPUT_BYTES / 4;

/** What is where nothing is painted: of the frame, and of the outputs. */
const EMPTY = [-1, -1, -1, -1];
const EMPTY_OUTPUTS = [0, 0, 0, -1, -1, -1, -1, 0];

/** How the body is painted for a quality, where nothing that was kept serves. */
const WAYS: Readonly<Record<Quality, BodyWay>> = { exact: 'plain', reuse: 'kept', half: 'half' };

/** How a student in the kernels' memory paints. */
export interface WasmStudentOptions {
  readonly variant: KernelVariant;
  /** What the sine layers compute in; `float` where it is not given. */
  readonly precision?: Precision;
  /** Which tiles have something visible in any pose, `[side, side]`; the others are left out. `null`: paint all. */
  readonly tiles: Uint8Array | null;
  /** Threads that paint, the calling one counted; more than one needs shared memory and a thread that may wait. */
  readonly threads: number;
  /** Starts a worker that calls `serveThread`; needed for more than one thread. */
  readonly createThread: (() => ThreadHandle) | null;
  /**
   * Keep what the body network says of each pixel, for `outputs`. Then frames do not depend on those before: each begins
   * with all tiles of the map.
   */
  readonly keepOutputs: boolean;
  /** Follow the character by tiles of 4x4 pixels; false: by the map's. True where it is not given. */
  readonly smallTiles?: boolean;
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
  readonly #team: PaintTeam;
  readonly #body: BodyPainter;
  readonly #kept: KeptBody;
  readonly #keptFace = new KeptFace();
  readonly #area: PaintedArea;
  readonly #sizes: readonly number[];
  #usual: WrittenLists | null = null;
  #whole: WrittenLists | null = null;
  /** Tiles that `paintWindow` has painted since the last frame. */
  #windows: Tile[] = [];
  #quality: Quality = 'exact';
  readonly #keepOutputs: boolean;
  /** Whether outputs are asked for, or will serve: anything but `exact` was asked for, or the body does not see the face. */
  #keeping: boolean;

  private constructor(
    memory: WebAssembly.Memory,
    layout: StudentLayout,
    posed: readonly PosedBias[],
    team: PaintTeam,
    { tiles, keepOutputs, smallTiles = true }: WasmStudentOptions,
    seesFace: boolean,
  ) {
    this.#memory = memory;
    this.#layout = layout;
    this.#posed = posed;
    this.#team = team;
    this.#keepOutputs = keepOutputs;
    this.#keeping = keepOutputs || !seesFace;
    this.#kept = new KeptBody(seesFace);
    this.#body = new BodyPainter(memory, layout, team);
    this.#sizes = layout.levels.map(({ size }) => size);
    const following = smallTiles ? BY_SMALL_TILES : BY_MAP_TILES;
    this.#area = new PaintedArea(this.#sizes, tiles, keepOutputs ? BY_MAP_ALONE : following);
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
    options: WasmStudentOptions,
  ): Promise<WasmStudent> {
    const { variant, precision = 'float', threads, createThread } = options;
    const helpers = createThread === null ? 0 : threads - 1;
    const memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared: helpers > 0 });
    const arena = new Arena(memory);
    const { layout, posed } = layoutStudent(arena, config, plan, image, precision);
    const control = arena.take(CONTROL_BYTES);
    const scratch = Array.from({ length: helpers + 1 }, () => arena.take(SCRATCH_BYTES));
    const painter = { kernels: await loadKernels(memory, variant), layout, scratch: scratch[0]! };
    const starts = scratch.slice(1).map((own): ThreadStart => ({ memory, variant, layout, scratch: own, control }));
    const team = await startPaintTeam(
      painter,
      new Int32Array(memory.buffer, control, CONTROL_BYTES / 4),
      createThread,
      starts,
    );
    return new WasmStudent(memory, layout, posed, team, options, bodySeesFace(plan));
  }

  /** Bytes of the kernels' memory. */
  get bytes(): number {
    return this.#memory.buffer.byteLength;
  }

  /** Share of the picture that was painted in the last frame, 0..1. */
  get paintedShare(): number {
    return this.#area.share;
  }

  /** The tiles of the picture that were painted in the last frame, `[side, side]`, 1 where it was. */
  get paintedTiles(): Uint8Array {
    return this.#area.painted;
  }

  /** What a body of this shape can leave out. */
  get qualities(): readonly Quality[] {
    return qualitiesOf(this.#layout.levels.length);
  }

  /** What the last frame of `paint` is: as good as was asked for, or better. */
  get quality(): Quality {
    return this.#quality;
  }

  /**
   * Paints a frame.
   *
   * @param quality one of `qualities`
   * @returns a view of the frame in model space, `[size, size, 4]`, valid until the next call
   */
  paint(pose: Float32Array, quality: Quality = 'exact'): Float32Array {
    this.#fold(pose);
    this.#paintFaceOf(pose);
    const warp = this.#kept.serves(pose, quality);
    const { pixels, left, aside } = this.#area.begin(pose, warp);
    const lists = this.#written(pixels, aside);
    this.#empty(left, this.#area.tile);
    this.#empty(this.#windows);
    this.#windows = [];
    if (aside) {
      if (this.#keepOutputs) this.#kept.forget();
      this.#body.paint(lists, this.#keepOutputs ? 'kept' : 'plain');
      this.#quality = 'exact';
    } else if (!(warp && this.#paintKept(lists))) this.#paintAnew(lists, pose, quality);
    return this.frame();
  }

  /**
   * Paints some tiles in another pose, around the face of the last whole frame; all others keep what they hold. For
   * surveys, not for pictures.
   *
   * @returns a view of the frame as `paint` returns it
   */
  paintTiles(pose: Float32Array, tiles: readonly Tile[]): Float32Array {
    this.#paintAlone(pose, tiles, 'plain');
    return this.frame();
  }

  /**
   * Paints tiles of a frame around the face that is there (`paintFace`), as a teacher that is asked for a part of it; what
   * `frame` and `outputs` hold elsewhere means nothing then. Needs `keepOutputs`.
   */
  paintWindow(pose: Float32Array, tiles: readonly Tile[]): void {
    this.#paintAlone(pose, tiles, 'kept');
    this.#windows.push(...tiles);
  }

  /**
   * Paints the face of a pose into the picture, and no frame.
   *
   * @returns a view as `faceMorphed` returns it, valid until the next call
   */
  paintFace(pose: Float32Array): Float32Array {
    this.#fold(pose);
    this.#paintFaceOf(pose);
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
    const { field, size } = this.#layout;
    return this.#floats(field, this.#keepOutputs ? size * size * LANES : 0);
  }

  /** Ends the threads. The memory goes with the last reference to it. */
  dispose(): void {
    this.#team.dispose();
  }

  #empty(tiles: readonly Tile[], side?: number): void {
    fillTiles(this.frame(), this.#layout.size, tiles, EMPTY, side);
    if (this.#keepOutputs) fillTiles(this.outputs(), this.#layout.size, tiles, EMPTY_OUTPUTS, side);
  }

  #paintAlone(pose: Float32Array, tiles: readonly Tile[], way: BodyWay): void {
    this.#fold(pose);
    const pixels = new PixelLists(this.#sizes);
    for (const { row, column } of tiles) pixels.addTile(row, column);
    const lists = new WrittenLists(this.#memory, pixels, this.#pointers('list'));
    lists.write();
    this.#usual?.forget();
    this.#kept.forget();
    this.#body.paint(lists, way);
  }

  /** The face goes into the picture, unless it is there. */
  #paintFaceOf(pose: Float32Array): void {
    if (this.#keptFace.changes(pose)) this.#team.paint(FACE, 0, 0, this.#layout.facePixels);
  }

  #fold(pose: Float32Array): void {
    for (const { bias, entry } of this.#posed) foldPose(entry, pose, this.#floats(bias, entry.outputs));
  }

  /** Warps and blends by the body's outputs that were kept. @returns false where more came into view: nothing is kept of it */
  #paintKept(lists: WrittenLists): boolean {
    this.#body.warp(lists);
    this.#quality = this.#kept.quality;
    if (this.#grow(lists) === null) return true;
    this.#area.lookAgain();
    return false;
  }

  #paintAnew(lists: WrittenLists, pose: Float32Array, quality: Quality): void {
    this.#kept.forget();
    this.#keeping ||= quality !== 'exact';
    const way = quality === 'exact' && this.#keeping ? 'kept' : WAYS[quality];
    this.#body.paint(lists, way);
    for (let before = this.#grow(lists); before !== null; before = this.#grow(lists)) {
      this.#body.paint(lists, way, before);
    }
    this.#quality = way === 'half' ? 'half' : 'exact';
    if (way !== 'plain') this.#kept.keep(pose, way === 'half' ? 'half' : 'reuse');
  }

  /** Takes in the tiles near what is visible. @returns each list's length before, `null`: all is painted */
  #grow(lists: WrittenLists): readonly number[] | null {
    const [frame, { size }, { tile: side }] = [this.frame(), this.#layout, this.#area];
    const before = this.#area.look(this.#area.watched.map((tile) => visibleQuarters(frame, size, tile, side)));
    if (before !== null) lists.write(before);
    return before;
  }

  /** Lists as they stand in the kernels' memory. @param whole whether they are those of everything, in an unusual pose */
  #written(pixels: PixelLists, whole: boolean): WrittenLists {
    const create = (which: 'list' | 'wholeList') => new WrittenLists(this.#memory, pixels, this.#pointers(which));
    let lists: WrittenLists;
    if (whole) lists = this.#whole ??= create('wholeList');
    else lists = this.#usual ??= create('list');
    lists.write();
    return lists;
  }

  #pointers(which: 'list' | 'wholeList'): readonly number[] {
    return this.#layout.levels.map((level) => level[which]);
  }

  /** A view of the kernels' memory. */
  #floats(pointer: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, pointer, count);
  }
}
