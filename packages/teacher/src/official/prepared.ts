import { POSE_SIZE, validatePose } from '@tha4/core';
import type { Engine, EngineTensor, LoadedNetwork, NetworkSource } from '../engines/engine.ts';
import type { PreparedTeacher, TeacherFrames } from '../teacher.ts';
import type { SystemWeights } from './read-weights.ts';
import { FRAME_OUTPUTS, type Stage, type StageInput, type TeacherSystem } from './stage.ts';

type Named = Readonly<Record<string, EngineTensor>>;

/** A system that has seen its picture: what depends on the picture alone is computed once and kept on the engine. */
export class PreparedOfficial implements PreparedTeacher {
  readonly batch: number;
  readonly #engine: Engine;
  readonly #size: number;
  readonly #picture: Named;
  #stages: readonly LoadedStage[] | null;

  private constructor(engine: Engine, size: number, picture: Named, stages: readonly LoadedStage[]) {
    this.batch = engine.choice.batch;
    this.#engine = engine;
    this.#size = size;
    this.#picture = picture;
    this.#stages = stages;
  }

  /** @param image `[1, size, size, 4]` in the system's own space */
  static async create(
    engine: Engine,
    system: TeacherSystem,
    weights: SystemWeights,
    image: Float32Array,
    signal?: AbortSignal,
  ): Promise<PreparedOfficial> {
    const { size } = system;
    const picture: Record<string, EngineTensor> = { image: engine.upload({ shape: [1, size, size, 4], data: image }) };
    for (const stage of system.perPicture) {
      signal?.throwIfAborted();
      const loaded = await loadStage(engine, stage, weights, 1);
      Object.assign(picture, await loaded.network.run(pick(picture, stage.inputs)));
      await loaded.network.dispose();
    }
    const stages: LoadedStage[] = [];
    for (const stage of system.perPose) {
      signal?.throwIfAborted();
      stages.push(await loadStage(engine, stage, weights, engine.choice.batch));
    }
    return new PreparedOfficial(engine, size, picture, stages);
  }

  async pose(poses: readonly Float32Array[], signal?: AbortSignal): Promise<TeacherFrames> {
    const checked = poses.map((pose, index) => validatePose(pose, `pose ${index}`));
    const frames = emptyFrames(poses.length, this.#size);
    for (let first = 0; first < poses.length; first += this.batch) {
      signal?.throwIfAborted();
      await this.#paint(checked.slice(first, first + this.batch), first, frames, signal);
    }
    return frames;
  }

  async #paint(
    poses: readonly Float32Array[],
    first: number,
    frames: TeacherFrames,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const stages = this.#stages;
    if (stages === null) throw new RangeError('teacher: expected one that is not disposed of');
    const data = new Float32Array(this.batch * POSE_SIZE);
    // Graphs have a fixed batch: what is left of the last one is filled up.
    for (let i = 0; i < this.batch; i++) data.set(poses[Math.min(i, poses.length - 1)]!, i * POSE_SIZE);
    const made: Record<string, EngineTensor> = {
      pose: this.#engine.upload({ shape: [this.batch, POSE_SIZE], data }),
    };
    try {
      for (const { stage, network } of stages) {
        signal?.throwIfAborted();
        Object.assign(made, await network.run(pick({ ...this.#picture, ...made }, stage.inputs)));
      }
      for (const name of FRAME_OUTPUTS) {
        const tensor = made[name]!;
        const pixels = tensor.shape.slice(1).reduce((product, each) => product * each, 1);
        frames[name].set((await this.#engine.read(tensor)).subarray(0, poses.length * pixels), first * pixels);
      }
    } finally {
      this.#engine.free(Object.values(made));
    }
  }

  async dispose(): Promise<void> {
    const stages = this.#stages ?? [];
    this.#stages = null;
    for (const { network } of stages) await network.dispose();
    if (stages.length > 0) this.#engine.free(Object.values(this.#picture));
  }
}

interface LoadedStage {
  readonly stage: Stage;
  readonly network: LoadedNetwork;
}

async function loadStage(engine: Engine, stage: Stage, weights: SystemWeights, batch: number): Promise<LoadedStage> {
  return { stage, network: await engine.load(stageSource(stage, weights, batch)) };
}

/** A stage as an engine loads it. */
export function stageSource(stage: Stage, weights: SystemWeights, batch: number): NetworkSource {
  const { name, network, inputs, run } = stage;
  return {
    name,
    spec: network.spec,
    checkpoint: weights.get(network.name)!,
    inputs: Object.fromEntries(inputs.map((input) => [input.name, [input.perPose ? batch : 1, ...input.shape]])),
    run,
  };
}

function pick(from: Named, inputs: readonly StageInput[]): Named {
  return Object.fromEntries(inputs.map(({ name }) => [name, from[name]!]));
}

function emptyFrames(count: number, size: number): TeacherFrames {
  const floats = (channels: number): Float32Array => new Float32Array(count * size * size * channels);
  return {
    count,
    size,
    posed: floats(4),
    warped: floats(4),
    gridChange: floats(2),
    direct: floats(4),
    faceMorphed: floats(4),
  };
}
