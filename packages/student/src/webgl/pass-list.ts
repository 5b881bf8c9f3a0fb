import type { WebglLimits } from './limits.ts';
import type { Pass } from './pass.ts';
import type { Programs } from './programs.ts';
import type { GpuResources } from './resources.ts';
import { type Blocking, range } from './shaders/blocking.ts';
import {
  type DenseLayout,
  type DenseNumbers,
  type DenseShape,
  fillDense,
  textureLayout,
  uniformLayout,
} from './shaders/dense-layout.ts';
import { copyShader, denseShader } from './shaders/dense-shader.ts';
import { enlargeShader } from './shaders/enlarge-shader.ts';
import { finishShader, warpShader } from './shaders/finish-shader.ts';
import type { Area, Shader } from './shaders/shader.ts';
import { TURNS_PER_HALF_TURN } from './shaders/sine.ts';
import { activationSource, type ShaderSource } from './shaders/source.ts';
import { type ActivationStorage, groupCount, layerCount } from './shaders/storage.ts';
import type { Tiles } from './tiles.ts';
import { type UniformSlot, UniformStore } from './uniforms.ts';

/** What a pass reads: how its shader finds the channels, and the texture and uniforms that hold them. */
export interface PassInput {
  readonly source: ShaderSource;
  readonly texture: WebGLTexture | null;
  readonly slots: readonly UniformSlot[];
}

/** A dense layer as a pass takes it. */
export interface PassLayer extends DenseNumbers {
  readonly inputs: number;
  /** What follows the layer: a sine, nothing, or a sine that a later pass takes. */
  readonly end: 'sine' | 'none' | 'later sine';
}

/** What all passes of a student are made with. */
export interface PassTools {
  readonly limits: WebglLimits;
  readonly blocking: Blocking;
  readonly programs: Programs;
  readonly resources: GpuResources;
}

/** Gathers the passes of a frame in order; weights in uniforms go to the device at the end, in one buffer. */
export class PassList {
  readonly passes: Pass[] = [];
  readonly #tools: PassTools;
  readonly #weights: UniformStore;
  #tiles: Tiles;

  /** @param tiles what the first passes paint; see `within` */
  constructor(tools: PassTools, tiles: Tiles) {
    this.#tools = tools;
    this.#tiles = tiles;
    this.#weights = new UniformStore(tools.limits.blockAlignment);
  }

  /** How many passes so many output channels take. */
  passesFor(area: Area, channels: number, storage: ActivationStorage): number {
    return Math.ceil(groupCount(channels) / this.#groupsPerPass(area, storage));
  }

  /** Passes that are added from now on paint these parts of their squares. */
  within(tiles: Tiles): void {
    this.#tiles = tiles;
  }

  /** A dense layer into a texture, as many passes as its outputs need. */
  dense(area: Area, input: PassInput, layer: PassLayer, storage: ActivationStorage, target: WebGLTexture): void {
    this.#inParts(area, groupCount(layer.outputs), storage, (first, groups, targets) => {
      const layout = this.#layout('w', { inputs: layer.inputs, groups, perStep: input.source.perStep });
      const placed = this.#place(layout, layer, first, input.source.scale);
      const shader = denseShader(area, input.source, layout, layer.end === 'sine', storage);
      this.#draw(area, shader, input, targets(target), [placed]);
    });
  }

  /** Computed input into a texture, for layers that read it in more than one pass. */
  copy(area: Area, input: PassInput, storage: ActivationStorage, target: WebGLTexture): PassInput {
    const { groups } = input.source;
    this.#inParts(area, groups, storage, (first, count, targets) => {
      this.#draw(area, copyShader(area, input.source, count, storage), input, targets(target), [], { first });
    });
    return { source: activationSource(storage, groups, area.side), texture: target, slots: [] };
  }

  /**
   * The last layers; see `finishShader`.
   *
   * @param picture what is warped; `null`: the outputs are kept in the one texture of `targets`
   * @param targets frame and bytes, or the outputs
   */
  finish(
    area: Area,
    input: PassInput,
    chain: readonly PassLayer[],
    picture: WebGLTexture | null,
    targets: readonly WebGLTexture[],
  ): void {
    const { perStep, scale } = input.source;
    const layouts = chain.map(({ inputs, outputs }, i) =>
      this.#layout(`layer${i}_`, { inputs, groups: groupCount(outputs), perStep: i === 0 ? perStep : 1 }),
    );
    const placed = layouts.map((layout, i) => this.#place(layout, chain[i]!, 0, i === 0 ? scale : 1));
    const target = picture === null ? 'outputs' : 'frame';
    const shader = finishShader(area, input.source, layouts, this.#tools.blocking.lastGroups, target);
    this.#draw(area, shader, input, layersOf(area, targets, picture === null ? 2 : 1), placed, { picture });
  }

  /** Warp and blend by outputs that were kept. @param targets frame and bytes */
  warp(area: Area, kept: WebGLTexture, picture: WebGLTexture, targets: readonly WebGLTexture[]): void {
    this.#draw(area, warpShader(area), { texture: kept, slots: [] }, layersOf(area, targets, 1), [], { picture });
  }

  /**
   * Outputs from those at half the size; see `enlargeShader`.
   *
   * @param depths takes the marks
   */
  enlarge(
    area: Area,
    coarse: WebGLTexture,
    picture: WebGLTexture,
    kept: WebGLTexture,
    depths: WebGLRenderbuffer,
  ): void {
    const targets = layersOf(area, [kept], 2);
    this.#draw(area, enlargeShader(area), { texture: coarse, slots: [] }, targets, [], { picture }, depths);
  }

  /** A pass that keeps outputs, once more where the depths are marked. */
  refine(pass: Pass, kept: WebGLTexture, depths: WebGLRenderbuffer): void {
    const framebuffer = this.#tools.resources.framebuffer(layersOf(pass.area, [kept], 2), depths);
    this.passes.push({ ...pass, framebuffer, depth: 'where marked' });
  }

  /** Sends the weights. */
  upload(gl: WebGL2RenderingContext): void {
    if (this.#tools.blocking.weights === 'uniforms') this.#weights.upload(gl, this.#tools.resources, gl.STATIC_DRAW);
  }

  /** Output groups that one pass writes. */
  #groupsPerPass({ side }: Area, { groupsPerLayer }: ActivationStorage): number {
    return Math.floor(this.#tools.limits.targets / side ** 2) * groupsPerLayer;
  }

  #inParts(
    area: Area,
    groups: number,
    storage: ActivationStorage,
    draw: (first: number, count: number, targets: (texture: WebGLTexture) => Target[]) => void,
  ): void {
    const most = this.#groupsPerPass(area, storage);
    const pixels = area.side ** 2;
    for (let first = 0; first < groups; first += most) {
      const count = Math.min(most, groups - first);
      const start = (first / storage.groupsPerLayer) * pixels;
      const layers = range(layerCount(storage, count) * pixels).map((i) => start + i);
      draw(first, count, (texture) => layers.map((layer) => ({ texture, layer })));
    }
  }

  #layout(prefix: string, shape: DenseShape): DenseLayout {
    const { blocking, limits } = this.#tools;
    return blocking.weights === 'texture'
      ? textureLayout(prefix, shape)
      : uniformLayout(prefix, shape, limits.blockBytes);
  }

  #place(layout: DenseLayout, layer: PassLayer, firstGroup: number, inputScale: number): PlacedWeights {
    const scale = layer.end === 'none' ? 1 : TURNS_PER_HALF_TURN;
    const parts = fillDense(layout, layer, firstGroup, scale * inputScale, scale);
    if (layout.samplers.length === 0) return { slots: parts.map((data) => this.#weights.add(data)), textures: [] };
    return { slots: [], textures: parts.map((data) => this.#tools.resources.table(layout.groups, data)) };
  }

  #draw(
    area: Area,
    shader: Shader,
    { texture, slots }: Omit<PassInput, 'source'>,
    targets: readonly Target[],
    weights: readonly PlacedWeights[],
    { picture = null, first = null }: Partial<Pick<Pass, 'picture' | 'first'>> = {},
    marks: WebGLRenderbuffer | null = null,
  ): void {
    const { programs, resources } = this.#tools;
    this.passes.push({
      program: programs.request(shader),
      framebuffer: resources.framebuffer(targets, marks),
      area,
      tiles: this.#tiles,
      source: texture,
      picture,
      depth: marks === null ? 'none' : 'marks',
      first,
      slots: [...slots, ...weights.flatMap((placed) => placed.slots)],
      weights: weights.flatMap(({ textures }) => textures),
    });
  }
}

interface PlacedWeights {
  readonly slots: readonly UniformSlot[];
  readonly textures: readonly WebGLTexture[];
}

interface Target {
  readonly texture: WebGLTexture;
  readonly layer: number;
}

/** All layers of textures with so many groups of four channels, in order. */
function layersOf({ side }: Area, textures: readonly WebGLTexture[], groups: number): Target[] {
  return textures.flatMap((texture) => range(groups * side ** 2).map((layer) => ({ texture, layer })));
}
