import type { Checkpoint, FloatTensor, Stage } from '@tha4/core';

/** A stage of a teacher as an engine loads it. */
export interface StageSource {
  readonly stage: Stage;
  /** Weights of each of its networks, by the network's name, in PyTorch's names and layout. */
  readonly weights: Readonly<Record<string, Checkpoint>>;
  /** Poses at once. */
  readonly batch: number;
  /** Names of the outputs that are wanted. */
  readonly outputs: readonly string[];
}

/** A float32 tensor of one engine, in that engine's own layout and place. */
export interface EngineTensor {
  /** NHWC for images. */
  readonly shape: readonly number[];
}

/** Tensors by name. */
export type EngineTensors = Readonly<Record<string, EngineTensor>>;

/** A stage that an engine has taken in. Calls are not queued. */
export interface LoadedStage {
  /** @returns the outputs; the caller frees them with `Engine.free` */
  run(inputs: EngineTensors): Promise<EngineTensors>;
  dispose(): Promise<void>;
}

/** How numbers are computed; weights and pictures go in and come out as float32 either way. */
export const PRECISIONS = ['fp32', 'fp16'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** An engine that was not taken, and why not. */
export interface SkippedEngine {
  readonly name: EngineName;
  readonly why: string;
}

/** What runs the networks: plain data, to be printed. */
export interface EngineChoice {
  readonly name: EngineName;
  /** For people, e.g. `onnxruntime on the CPU (2 threads)`. */
  readonly words: string;
  readonly precision: Precision;
  /** Poses that are worked on at once. */
  readonly batch: number;
  /** Better ones that were tried before, in order. */
  readonly skipped: readonly SkippedEngine[];
}

/** Every engine, best first: onnxruntime's providers, then TensorFlow.js. */
export const ENGINE_NAMES = ['cuda', 'directml', 'coreml', 'webgpu', 'cpu', 'tfjs-node-gpu', 'tfjs-wasm'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** Runs networks. */
export interface Engine {
  readonly choice: EngineChoice;
  /** @throws {CheckpointError | BackendError} */
  load(source: StageSource): Promise<LoadedStage>;
  /** @param tensor NHWC for images; its numbers are copied */
  upload(tensor: FloatTensor): EngineTensor;
  /** @returns NHWC numbers, owned by the caller */
  read(tensor: EngineTensor): Promise<Float32Array>;
  free(tensors: Iterable<EngineTensor>): void;
  dispose(): Promise<void>;
}
