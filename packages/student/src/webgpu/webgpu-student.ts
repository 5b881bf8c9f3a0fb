import { type Character, imageToModel, studentImageSize } from '@tha4/core';
import { KeptBody, keepsBody, type WayOfBody } from '../plan/kept-body.ts';
import { KeptFace } from '../plan/kept-face.ts';
import { bodySeesFace, foldPose, planStudent, type StudentPlan } from '../plan/student-plan.ts';
import { type Quality, qualitiesOf } from '../quality.ts';
import { type AreaOfFrame, PaintedArea } from '../tiles/painted-area.ts';
import type { PixelLists } from '../tiles/pixel-lists.ts';
import { Buffers } from './buffers.ts';
import { MAP_READ } from './gpu-flags.ts';
import { type HalfPasses, halfPasses } from './half-passes.ts';
import { type KeptPasses, keptPasses, type LastLevel } from './kept-passes.ts';
import { type LevelLayout, layOutStudent, type StudentLayout } from './level-layout.ts';
import { levelShader } from './level-shader.ts';
import { lookShader } from './look-shader.ts';
import { compile, encodePasses, type ListedTiles, makePass, type Pass, type Pipelines } from './passes.ts';
import { threadShader } from './thread-shader.ts';
import { TileWatch } from './tile-watch.ts';
import { allTiles, listedTiles, type TileList } from './tiles.ts';
import type { Tuning } from './tuning.ts';

/**
 * A student on a GPU: the same numbers as `student` of core, to rounding. A frame writes the folded biases (3 kB), then
 * runs one dispatch for the face and one for each level of the body.
 *
 * Per frame of the paper's student, whole picture: 13.7 G multiply-adds (face 1.9; levels 3.7, 3.7, 4.4) = 27.4 GFLOP, and
 * 132 M sines of 13 operations. Memory moved: grids 12 + 24 MB written and read about once through the caches,
 * picture and frame 4 MB each. Weights read through the caches, one pass for each workgroup: level 0 1,024 workgroups
 * of 16 pixels x 0.91 MB, level 1 2,048 of 32 x 0.23 MB, level 2 4,096 of 64 x 70 kB, face 256 of 64 x 0.46 MB:
 * 1.8 GB. Layer by layer the activations alone would be 132 M floats written and read again, 1.1 GB, uncached.
 */
export class WebgpuStudent {
  readonly #device: GPUDevice;
  readonly #buffers: Buffers;
  readonly #tuning: Tuning;
  readonly #plan: StudentPlan;
  readonly #layout: StudentLayout;
  readonly #folded: Float32Array<ArrayBuffer>;
  readonly #foldedBuffer: GPUBuffer;
  readonly #passes: readonly Pass[];
  readonly #last: LastLevel;
  readonly #makeKept: (last: LastLevel) => Promise<KeptPasses>;
  readonly #makeHalf: (last: LastLevel, field: GPUBuffer) => Promise<HalfPasses>;
  #kept: { readonly passes: KeptPasses; readonly body: KeptBody } | null = null;
  #half: HalfPasses | null = null;
  readonly #seesFace: boolean;
  readonly #keptFace = new KeptFace();
  #pose: Float32Array | null = null;
  readonly #readable: GPUBuffer;
  readonly #area: PaintedArea;
  readonly #watch: TileWatch;
  /** What the lists of tiles on the device stand for: which pixels, and from which on; see `PixelLists.version`. */
  #listed: { readonly pixels: PixelLists; readonly version: number; readonly from: readonly number[] } | null = null;
  /** Side of the frame, pixels. */
  readonly size: number;
  /** `[size, size, 4]` float32 in model space, plus 1: linear light, premultiplied, in [0, 2]. */
  readonly frame: GPUBuffer;

  private constructor(
    device: GPUDevice,
    character: Character,
    tuning: Tuning,
    plan: StudentPlan,
    layout: StudentLayout,
    map: Uint8Array | null,
    known: Pipelines,
    shader: (level: LevelLayout) => string,
    [lookPipeline, ...pipelines]: readonly GPUComputePipeline[],
  ) {
    this.#device = device;
    this.#tuning = tuning;
    this.#plan = plan;
    this.#seesFace = bodySeesFace(plan);
    this.#layout = layout;
    this.size = studentImageSize(character.config);
    const buffers = new Buffers(device);
    this.#buffers = buffers;
    this.#folded = new Float32Array(layout.folded * 4);
    this.#foldedBuffer = buffers.empty(this.#folded.byteLength);
    const picture = buffers.filled(imageToModel(character.image) as Float32Array<ArrayBuffer>);
    this.frame = buffers.empty(this.size ** 2 * 16);
    this.#readable = buffers.readable(this.frame.size);
    const sizes = layout.levels.map(({ size }) => size);
    this.#area = new PaintedArea(sizes, map, tuning.following);
    this.#watch = new TileWatch(device, buffers, lookPipeline!, this.frame, this.size);
    let below: GPUBuffer | null = null;
    let bound = new Map<number, GPUBuffer>();
    this.#passes = [layout.face, ...layout.levels].map((level, index) => {
      const target: GPUBuffer =
        { face: picture, frame: this.frame, grid: null }[level.exit] ?? buffers.empty(gridBytes(level));
      bound = new Map([
        [0, buffers.filled(level.weights as Float32Array<ArrayBuffer>)],
        [1, this.#foldedBuffer],
        [2, buffers.filled(allTiles(level))],
        [3, target],
      ]);
      const { pack } = tuning.numbers;
      if (pack !== null && level.layers.some(({ rounds }) => rounds)) bound.set(6, buffers.filled(pack(level.weights)));
      if (level.exit === 'frame') bound.set(4, picture);
      if (level.below !== 'none') bound.set(5, below!);
      below = target;
      const tiles = bound.get(2)!;
      return makePass(device, pipelines[index]!, bound, { buffer: tiles, count: tiles.size / 4 - 1 });
    });
    this.#last = { layout: layout.levels.at(-1)!, bound, pass: this.#passes.at(-1)! };
    this.#makeKept = (last) => keptPasses(device, known, buffers, last, shader);
    this.#makeHalf = (last, field) => halfPasses(device, known, buffers, last, field, shader, tuning.workgroups);
  }

  /**
   * @param map which tiles have something visible in any pose, `[side, side]`; `null`: paint all
   * @throws {BackendError} when the config has a shape that the shaders do not know
   */
  static async create(
    device: GPUDevice,
    pipelines: Pipelines,
    tuning: Tuning,
    character: Character,
    map: Uint8Array | null,
  ): Promise<WebgpuStudent> {
    const { config, face, body } = character;
    const plan = planStudent(config, face, body);
    const layout = layOutStudent(config, plan, tuning);
    const geometry = { ...config, size: studentImageSize(config) };
    const write = { tile: levelShader, thread: threadShader }[tuning.kernel];
    const shader = (level: LevelLayout): string => write(level, layout.folded, geometry, tuning.numbers);
    const passes = [layout.face, ...layout.levels].map(shader);
    const compiled = [lookShader(geometry.size), ...passes].map((code) => compile(device, pipelines, code));
    const ready = await Promise.all(compiled);
    return new WebgpuStudent(device, character, tuning, plan, layout, map, pipelines, shader, ready);
  }

  /**
   * Paints a frame: what was visible in the last one and a band around that; where the character reaches further, more.
   * It is there when this is, but not where the device was lost meanwhile.
   *
   * @returns what the frame is
   */
  async paint(pose: Float32Array, quality: Quality): Promise<Quality> {
    this.#fold(pose);
    if (keepsBody(quality, this.#seesFace, this.#pose, pose)) await this.#prepare(quality);
    this.#pose = pose.slice();
    const area = this.#area.begin(pose, this.#kept?.body.serves(pose, quality) ?? false);
    let way = area.aside ? null : (this.#kept?.body.wayTo(pose, quality) ?? null);
    this.#submit(area, way, !this.#keptFace.changes(pose));
    for (;;) {
      if (this.#area.watched.length === 0) await this.#device.queue.onSubmittedWorkDone();
      const before = this.#area.look(await this.#watch.seen());
      if (before === null) return way === null ? 'exact' : this.#kept!.body.painted(pose, way);
      const anew = way === 'warp'; // of what has come nothing is kept
      if (anew) {
        this.#kept!.body.forget();
        this.#area.lookAgain();
        way = this.#kept!.body.wayTo(pose, quality);
      }
      this.#submit(area, way, true, true, anew ? [] : before);
    }
  }

  /** Makes what a quality needs, once. */
  async #prepare(quality: Quality): Promise<void> {
    this.#kept ??= { passes: await this.#makeKept(this.#last), body: new KeptBody(this.#seesFace) };
    if (quality !== 'half' || this.#half !== null) return;
    this.#half = await this.#makeHalf(this.#last, this.#kept.passes.field);
    this.#listed = null; // its list is still to be written
  }

  /**
   * @param way `null`: nothing is kept
   * @param face whether its face is there
   * @param more whether the frame has begun: what lies outside is empty
   * @param from for each level, the first pixel of its list to be painted; empty: all
   */
  #submit(
    { pixels, left }: AreaOfFrame,
    way: WayOfBody | null,
    face: boolean,
    more: boolean = false,
    from: readonly number[] = [],
  ): void {
    this.#useLists(pixels, from);
    this.#device.queue.writeBuffer(this.#foldedBuffer, 0, this.#folded);
    if (way === 'half') this.#half!.clearList();
    const encoder = this.#device.createCommandEncoder();
    if (left.length > 0 && !more) encoder.clearBuffer(this.frame); // what is painted comes after
    const passes = this.#passesOf(way);
    encodePasses(encoder, face ? passes.slice(1) : passes, this.#tuning.workgroups);
    this.#watch.encode(encoder);
    this.#device.queue.submit([encoder.finish()]);
  }

  #passesOf(way: WayOfBody | null): readonly Pass[] {
    if (this.#kept === null || way === null) return this.#passes;
    const { outputs, warp } = this.#kept.passes;
    if (way === 'warp') return [this.#passes[0]!, warp];
    return [...this.#passes.slice(0, -1), ...(way === 'half' ? this.#half!.passes : [outputs]), warp];
  }

  /** Writes the lists of tiles where the last frame's are others. */
  #useLists(pixels: PixelLists, from: readonly number[]): void {
    const { version } = pixels;
    const listed = this.#listed;
    const same = listed?.pixels === pixels && listed.version === version && listed.from.length === from.length;
    if (same) return;
    this.#listed = { pixels, version, from };
    const use = (listed: ListedTiles, tiles: TileList): void => {
      this.#device.queue.writeBuffer(listed.buffer, 0, tiles);
      listed.count = tiles[0]!;
    };
    const { levels } = this.#layout;
    levels.forEach((level, index) => {
      use(this.#passes[index + 1]!.tiles, listedTiles(level, pixels, index, from[index] ?? 0));
    });
    if (this.#half !== null) {
      use(
        this.#half.passes[0].tiles,
        listedTiles(this.#half.layout, pixels, levels.length - 2, from[levels.length - 2] ?? 0),
      );
    }
    this.#watch.watch(this.#area.watched);
  }

  /** @returns the last frame in model space, `[size, size, 4]`, owned by the caller */
  async read(): Promise<Float32Array> {
    const encoder = this.#device.createCommandEncoder();
    encoder.copyBufferToBuffer(this.frame, 0, this.#readable, 0, this.frame.size);
    this.#device.queue.submit([encoder.finish()]);
    await this.#readable.mapAsync(MAP_READ);
    const model = new Float32Array(this.#readable.getMappedRange()).map((value) => value - 1);
    this.#readable.unmap();
    return model;
  }

  /** What a body of this shape can leave out. */
  get qualities(): readonly Quality[] {
    return qualitiesOf(this.#layout.levels.length);
  }

  get memory(): { readonly tensors: number; readonly bytes: number } {
    return { tensors: this.#buffers.count, bytes: this.#buffers.bytes };
  }

  dispose(): void {
    this.#buffers.destroy();
  }

  #fold(pose: Float32Array): void {
    const { face, levels } = this.#layout;
    const into = ({ folded }: LevelLayout): Float32Array => this.#folded.subarray(folded * 4);
    foldPose(this.#plan.face.entry, pose, into(face));
    this.#plan.levels.forEach(({ entry }, index) => {
      foldPose(entry, pose, into(levels[index]!));
    });
  }
}

function gridBytes({ size, layers }: LevelLayout): number {
  return size ** 2 * layers.at(-1)!.outputs * 16;
}
