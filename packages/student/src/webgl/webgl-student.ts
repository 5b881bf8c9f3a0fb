// A student as fragment shaders. Same numbers as core's `student`, to rounding, but: the pose is folded into biases once
// a frame, a level's first layer is applied below the enlargement, and the last level, where most of the pixels are,
// runs in one pass with its activations in registers.
//
// Not on tfjs-backend-webgl, though it takes programs of one's own: it draws to one target a pass, so each input would be
// fetched once for 4 outputs instead of 32; a page would load all of tfjs; and a lost context would be tfjs's, not ours
// to set up again. All that is needed here is in core WebGL2.
//
// The paper's student, a frame, in multiply-adds: face 1.89 G, levels 3.73 G, 3.74 G and 4.46 G; 13.8 G in all (layer by
// layer, 18.9 G), and 0.13 G sines of 12 operations. As cut for GPUs, in 88 draws with float activations: fetches of 1.83
// GB (0.40 GB of it in the last pass, from a grid of 24 MB) and writes of 0.29 GB; with 16-bit activations 50 draws,
// 0.95 GB and 0.17 GB. Layer by layer, the 512 x 512 x 90 activations alone are written and read five times: 0.94 GB
// before any is fetched twice. At 32 outputs a fetch a GPU spends as long on a texel as on its 128 multiply-adds, so
// neither units wait; with 64, as in 16 bits, multiply-adds are all that counts: 28 GFLOP a frame.
import { BackendError, type RgbaImage, type StudentConfig } from '@tha4/core';
import { KeptBody, keepsBody, type WayOfBody } from '../plan/kept-body.ts';
import { KeptFace } from '../plan/kept-face.ts';
import { bodySeesFace, type EntryPlan, foldPose, type LevelPlan, type StudentPlan } from '../plan/student-plan.ts';
import { type Quality, qualitiesOf } from '../quality.ts';
import { BY_FEWER_MAP_TILES, BY_MAP_TILES, PaintedArea } from '../tiles/painted-area.ts';
import type { PixelLists } from '../tiles/pixel-lists.ts';
import { rectanglesOf } from '../tiles/rectangles.ts';
import { halfPasses } from './half-passes.ts';
import { type KeptPasses, keptPasses, type LastLayers } from './kept-passes.ts';
import { bindTexture, type Pass, runPass, startPasses } from './pass.ts';
import { type PassInput, type PassLayer, PassList, type PassTools } from './pass-list.ts';
import { SOURCE_UNIT } from './programs.ts';
import { GpuResources } from './resources.ts';
import { GPU_BLOCKING, SOFTWARE_BLOCKING } from './shaders/blocking.ts';
import { canvasShader } from './shaders/encode.ts';
import type { Area } from './shaders/shader.ts';
import { TURNS_PER_HALF_TURN } from './shaders/sine.ts';
import { activationSource, cellSource, gridSource, positionSource } from './shaders/source.ts';
import { type ActivationStorage, FLOAT_STORAGE, groupCount } from './shaders/storage.ts';
import { checkSizes, fitsBlocks, layersToFinish } from './student-shape.ts';
import { StudentTextures } from './student-textures.ts';
import { TileWatch } from './tile-watch.ts';
import { Tiles } from './tiles.ts';
import { type UniformSlot, UniformStore } from './uniforms.ts';
import type { WebglDevice } from './webgl-device.ts';

/** A frame that was asked for. */
interface Painting {
  readonly pose: Float32Array;
  readonly quality: Quality;
  readonly pixels: PixelLists;
  /** `null`: nothing is kept. */
  readonly way: WayOfBody | null;
}

/** One student on a device. */
export class WebglStudent {
  readonly size: number;
  readonly #gl: WebGL2RenderingContext;
  readonly #storage: ActivationStorage;
  readonly #side: number;
  readonly #resources: GpuResources;
  readonly #textures: StudentTextures;
  readonly #tools: PassTools;
  readonly #list: PassList;
  /** How many of the list's passes paint the face: the first ones. */
  readonly #facePasses: number;
  readonly #last: LastLayers;
  #kept: { readonly passes: KeptPasses; readonly body: KeptBody } | null = null;
  #half: readonly Pass[] | null = null;
  readonly #seesFace: boolean;
  readonly #keptFace = new KeptFace();
  #painting: Painting | null = null;
  readonly #area: PaintedArea;
  readonly #watch: TileWatch;
  /** What is painted of each level; and all of the frame. */
  readonly #levelTiles: readonly { readonly size: number; readonly tiles: Tiles }[];
  readonly #whole: Tiles;
  /** What the levels' tiles stand for: which pixels, and from which on; see `PixelLists.version`. */
  #listed: { readonly pixels: PixelLists; readonly version: number; readonly from: readonly number[] } | null = null;
  readonly #entries: UniformStore;
  readonly #tables: { readonly entry: EntryPlan; readonly slot: UniformSlot }[] = [];
  readonly #toCanvas: WebGLProgram;

  /**
   * Places everything; programs are requested, not awaited.
   *
   * @param map which tiles have something visible in any pose, `[side, side]`; `null`: paint all
   * @param software whether the device is a CPU that pretends to be a GPU, which wants its work cut otherwise
   * @throws {BackendError} when the config has a shape that the shaders do not know, or the device is too small
   */
  constructor(
    { gl, limits, programs }: WebglDevice,
    storage: ActivationStorage,
    software: boolean,
    config: StudentConfig,
    plan: StudentPlan,
    image: RgbaImage,
    map: Uint8Array | null,
  ) {
    checkSizes(config);
    this.#gl = gl;
    this.#storage = storage;
    this.size = image.width;
    this.#seesFace = bodySeesFace(plan);
    const blocking = software && fitsBlocks(config, limits.targets) ? SOFTWARE_BLOCKING : GPU_BLOCKING;
    this.#side = blocking.side;
    const resources = new GpuResources(gl);
    this.#resources = resources;
    this.#entries = new UniformStore(limits.blockAlignment);
    this.#area = new PaintedArea(
      plan.levels.map(({ size }) => size),
      map,
      software ? BY_FEWER_MAP_TILES : BY_MAP_TILES,
    );
    this.#levelTiles = plan.levels.map(({ size }) => ({ size, tiles: new Tiles(gl, resources, size) }));
    this.#whole = new Tiles(gl, resources, this.size);
    const face = new Tiles(gl, resources, plan.face.size);
    this.#tools = { limits, blocking, programs, resources };
    this.#list = new PassList(this.#tools, face);
    this.#textures = new StudentTextures(gl, resources, storage, this.#side, plan, image);
    this.#watch = new TileWatch(gl, resources, programs, this.#textures.frame, this.size, this.#side);
    this.#toCanvas = programs.request(canvasShader(this.size, this.#side));
    this.#addFace(config, plan);
    this.#facePasses = this.#list.passes.length;
    this.#last = this.#addBody(plan);
    this.#list.upload(gl);
    this.#entries.upload(gl, resources, gl.DYNAMIC_DRAW);
    this.#checkMemory();
  }

  /** What can be left out. */
  get qualities(): readonly Quality[] {
    return qualitiesOf(this.#last.coarse === null ? 1 : 2);
  }

  get memory(): { readonly tensors: number; readonly bytes: number } {
    return { tensors: this.#resources.count, bytes: this.#resources.bytes };
  }

  /** Makes what a frame needs, once. @returns whether programs were requested; await them */
  prepare(pose: Float32Array, quality: Quality): boolean {
    if (!keepsBody(quality, this.#seesFace, this.#painting?.pose ?? null, pose)) return false;
    if (this.#kept !== null && (quality !== 'half' || this.#half !== null)) return false;
    const { coarse } = this.#last;
    this.#kept ??= {
      passes: keptPasses(this.#gl, this.#tools, this.#last, this.#textures),
      body: new KeptBody(this.#seesFace),
    };
    if (quality === 'half') {
      this.#half = halfPasses(this.#gl, this.#tools, this.#last, coarse!, this.#kept.passes, this.#textures);
    }
    this.#checkMemory();
    return true;
  }

  /** Asks the device for a prepared frame; returns before it is there. Then `settle` it. */
  paint(pose: Float32Array, quality: Quality): void {
    const gl = this.#gl;
    for (const { entry, slot } of this.#tables) {
      const biases = this.#entries.view(slot).subarray(0, entry.outputs);
      foldPose(entry, pose, biases);
      for (let i = 0; i < biases.length; i++) biases[i]! *= TURNS_PER_HALF_TURN;
    }
    const { pixels, left, aside } = this.#area.begin(pose, this.#kept?.body.serves(pose, quality) ?? false);
    const way = aside ? null : (this.#kept?.body.wayTo(pose, quality) ?? null);
    this.#painting = { pose: pose.slice(), quality, pixels, way };
    startPasses(gl);
    if (left.length > 0) this.#textures.clear(); // what is painted comes after
    this.#entries.refresh(gl);
    const passes = this.#passesOf(way);
    this.#run(pixels, this.#keptFace.changes(pose) ? passes : passes.slice(this.#facePasses));
  }

  /**
   * To be called when the device has done what was asked for.
   *
   * @returns what the frame is; `null` where more has come into view and was asked for: wait, and settle again
   */
  settle(): Quality | null {
    const { watched } = this.#area;
    const { pose, quality, pixels, way } = this.#painting!;
    const before = watched.length === 0 ? null : this.#area.look(this.#watch.seen(watched));
    if (before === null) return way === null ? 'exact' : this.#kept!.body.painted(pose, way);
    startPasses(this.#gl);
    if (way === 'warp') {
      const { body } = this.#kept!;
      body.forget(); // of what has come nothing is kept
      this.#area.lookAgain();
      this.#painting = { ...this.#painting!, way: body.wayTo(pose, quality) };
      this.#run(pixels, this.#passesOf(this.#painting.way).slice(this.#facePasses));
    } else {
      this.#run(pixels, this.#passesOf(way).slice(this.#facePasses), before);
    }
    return null;
  }

  /** Runs passes, and looks at the frame. @param from for each level, the first pixel to be painted; empty: all */
  #run(pixels: PixelLists, passes: readonly Pass[], from: readonly number[] = []): void {
    const gl = this.#gl;
    this.#useLists(pixels, from);
    for (const pass of passes) runPass(gl, pass);
    if (this.#area.watched.length > 0) this.#watch.look();
  }

  #passesOf(way: WayOfBody | null): readonly Pass[] {
    const { passes } = this.#list;
    if (this.#kept === null || way === null) return passes;
    const { outputs, warp } = this.#kept.passes;
    if (way === 'warp') return [...passes.slice(0, this.#facePasses), warp];
    return [...passes.slice(0, -1), ...(way === 'half' ? this.#half! : [outputs]), warp];
  }

  /** Draws the last frame to the context's own canvas. */
  drawToCanvas(): void {
    const gl = this.#gl;
    startPasses(gl);
    gl.useProgram(this.#toCanvas);
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.viewport(0, 0, this.size, this.size);
    bindTexture(gl, SOURCE_UNIT, this.#textures.bytes);
    this.#whole.draw();
  }

  /** The last frame's bytes, sRGB with straight alpha. */
  readBytes(): Uint8ClampedArray<ArrayBuffer> {
    return this.#textures.readBytes();
  }

  /** The last frame in model space, `[size, size, 4]`. */
  readModel(): Float32Array {
    return this.#textures.readFrame();
  }

  dispose(): void {
    this.#resources.dispose();
  }

  /** The face goes straight into the picture that is warped. */
  #addFace({ faceTop: top, faceLeft: left }: StudentConfig, { face, faceLast }: StudentPlan): void {
    const features = this.#sines(this.#square(face.size), this.#entry(face, null), face.sines);
    const target = { size: face.size, side: 1, left, top };
    this.#list.dense(target, features, { ...faceLast, end: 'none' }, FLOAT_STORAGE, this.#textures.picture);
  }

  /** @returns what the last pass is made of */
  #addBody({ levels, last }: StudentPlan): LastLayers {
    let grid: WebGLTexture | null = null;
    let end: LastLayers | null = null;
    levels.forEach((level, index) => {
      const area = this.#square(level.size);
      const { tiles } = this.#levelTiles[index]!;
      this.#list.within(tiles);
      const input = this.#entry(level, grid);
      const next = levels[index + 1];
      if (next === undefined) {
        const first = level.sines.length - layersToFinish(level);
        const features = this.#sines(area, input, level.sines.slice(0, first));
        const chain: PassLayer[] = [...level.sines.slice(first).map(withSine), { ...last, end: 'none' }];
        const { picture, frame, bytes } = this.#textures;
        this.#list.finish(area, features, chain, picture, [frame, bytes]);
        // Wider layers would have to be taken at the full size as well, for the pixels that are refined.
        const below = first > 0 || grid === null ? null : this.#levelTiles[index - 1]!.tiles;
        const source = cellSource(groupCount(level.entry.outputs), this.#side);
        const coarse = below === null ? null : { input: { ...input, source }, tiles: below };
        end = { area, tiles, input: features, chain, coarse };
        return;
      }
      const features = this.#sines(area, input, level.sines);
      const { features: inputs, outputs, feature: weight } = next.entry;
      const exit: PassLayer = { inputs, outputs, weight, bias: null, end: 'later sine' };
      grid = this.#textures.blocked('uint32', level.size, groupCount(outputs));
      this.#list.dense(area, this.#readable(area, features, outputs, FLOAT_STORAGE), exit, FLOAT_STORAGE, grid);
    });
    return end!;
  }

  /** Sine layers one after the other, between the two textures of their size. */
  #sines(area: Area, input: PassInput, layers: readonly Omit<PassLayer, 'end'>[]): PassInput {
    return layers.reduce((from, layer) => {
      const read = this.#readable(area, from, layer.outputs, this.#storage);
      const texture = this.#textures.activations(area.size, read.texture);
      this.#list.dense(area, read, withSine(layer), this.#storage, texture);
      return { source: activationSource(this.#storage, groupCount(layer.outputs), this.#side), texture, slots: [] };
    }, input);
  }

  /** What is computed where it is read (an entry) is written out first when more than one pass would compute it. */
  #readable(area: Area, input: PassInput, outputs: number, storage: ActivationStorage): PassInput {
    if (input.source.blocks.length === 0 || this.#list.passesFor(area, outputs, storage) === 1) return input;
    return this.#list.copy(area, input, this.#storage, this.#textures.activations(area.size, null));
  }

  /** A level's first layer, from its position and the grid of the level below. */
  #entry({ entry, size }: LevelPlan, grid: WebGLTexture | null): PassInput {
    const groups = groupCount(entry.outputs);
    const table = new Float32Array(groups * 12);
    for (const axis of [0, 1]) {
      const columns = entry.position.subarray(axis * entry.outputs, (axis + 1) * entry.outputs);
      const turns = columns.map((value) => value * TURNS_PER_HALF_TURN);
      table.set(turns, (axis + 1) * groups * 4);
    }
    const slot = this.#entries.add(table);
    this.#tables.push({ entry, slot });
    const source = grid === null ? positionSource(groups) : gridSource(groups, size / 2, this.#side);
    return { source, texture: grid, slots: [slot] };
  }

  #square(size: number): Area {
    return { size, side: this.#side, left: 0, top: 0 };
  }

  /** Sets what is painted of each level where it was something else in the last frame. */
  #useLists(pixels: PixelLists, from: readonly number[]): void {
    const { version } = pixels;
    const listed = this.#listed;
    if (listed?.pixels === pixels && listed.version === version && listed.from.length === from.length) return;
    this.#listed = { pixels, version, from };
    this.#levelTiles.forEach(({ size, tiles }, level) => {
      tiles.set(rectanglesOf(pixels, level, size, from[level] ?? 0));
    });
  }

  #checkMemory(): void {
    const error = this.#gl.getError();
    if (error === this.#gl.NO_ERROR || error === this.#gl.CONTEXT_LOST_WEBGL) return;
    const { bytes } = this.#resources;
    this.dispose();
    throw new BackendError(`webgl: expected room for ${bytes} bytes, got error 0x${error.toString(16)}; use wasm`);
  }
}

function withSine(layer: Omit<PassLayer, 'end'>): PassLayer {
  return { ...layer, end: 'sine' };
}
