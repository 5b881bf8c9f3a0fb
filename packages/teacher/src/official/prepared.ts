import { POSE_SIZE, validatePose } from '@tha4/core';
import type { Engine, EngineTensor, LoadedStage, StageSource } from '../engines/engine.ts';
import type { PreparedTeacher, TeacherFrames } from '../teacher.ts';
import type { SystemWeights } from './read-weights.ts';
import { FRAME_OUTPUTS, type Step, type TeacherSystem } from './system.ts';

type Named = Readonly<Record<string, EngineTensor>>;

/** A system that has seen its picture: what depends on the picture alone is computed once and kept on the engine. */
export class PreparedOfficial implements PreparedTeacher {
  readonly batch: number;
  readonly #engine: Engine;
  readonly #system: TeacherSystem;
  readonly #picture: Named;
  #steps: readonly LoadedStep[] | null;

  private constructor(engine: Engine, system: TeacherSystem, picture: Named, steps: readonly LoadedStep[]) {
    this.batch = engine.choice.batch;
    this.#engine = engine;
    this.#system = system;
    this.#picture = picture;
    this.#steps = steps;
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
    for (const step of system.perPicture) {
      signal?.throwIfAborted();
      const { loaded } = await loadStep(engine, step, weights, 1);
      Object.assign(picture, await loaded.run(inputsOf(step, picture)));
      await loaded.dispose();
    }
    const steps: LoadedStep[] = [];
    for (const step of system.perPose) {
      signal?.throwIfAborted();
      steps.push(await loadStep(engine, step, weights, engine.choice.batch));
    }
    return new PreparedOfficial(engine, system, picture, steps);
  }

  async pose(poses: readonly Float32Array[], signal?: AbortSignal): Promise<TeacherFrames> {
    const checked = poses.map((pose, index) => validatePose(pose, `pose ${index}`));
    const frames = emptyFrames(poses.length, this.#system.size);
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
    const steps = this.#steps;
    if (steps === null) throw new RangeError('teacher: expected one that is not disposed of');
    const data = new Float32Array(this.batch * POSE_SIZE);
    // Graphs have a fixed batch: what is left of the last one is filled up.
    for (let i = 0; i < this.batch; i++) data.set(poses[Math.min(i, poses.length - 1)]!, i * POSE_SIZE);
    const made: Record<string, EngineTensor> = {
      pose: this.#engine.upload({ shape: [this.batch, POSE_SIZE], data }),
    };
    try {
      for (const { step, loaded } of steps) {
        signal?.throwIfAborted();
        Object.assign(made, await loaded.run(inputsOf(step, { ...this.#picture, ...made })));
      }
      for (const name of FRAME_OUTPUTS) {
        const tensor = made[this.#system.frame[name]]!;
        const pixels = tensor.shape.slice(1).reduce((product, each) => product * each, 1);
        frames[name].set((await this.#engine.read(tensor)).subarray(0, poses.length * pixels), first * pixels);
      }
    } finally {
      this.#engine.free(Object.values(made));
    }
  }

  async dispose(): Promise<void> {
    const steps = this.#steps;
    this.#steps = null;
    if (steps === null) return;
    for (const { loaded } of steps) await loaded.dispose();
    this.#engine.free(Object.values(this.#picture));
  }
}

interface LoadedStep {
  readonly step: Step;
  readonly loaded: LoadedStage;
}

async function loadStep(engine: Engine, step: Step, weights: SystemWeights, batch: number): Promise<LoadedStep> {
  return { step, loaded: await engine.load(stepSource(step, weights, batch)) };
}

/** A step as an engine loads it. */
export function stepSource({ stage, outputs }: Step, weights: SystemWeights, batch: number): StageSource {
  const own = stage.networks.map(({ name }) => [name, weights.get(name)!] as const);
  return { stage, outputs, batch, weights: Object.fromEntries(own) };
}

function inputsOf({ stage }: Step, from: Named): Named {
  return Object.fromEntries(stage.inputs.map(({ name }) => [name, from[name]!]));
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
