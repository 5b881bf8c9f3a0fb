import {
  type BodyMorpherConfig,
  bodyMorpherSpec,
  checkpointFromWeights,
  type FaceMorpherConfig,
  faceMorpherSpec,
  packWeights,
  readSafetensors,
  type Spec,
  unpackWeights,
  type Weights,
  weightsFromCheckpoint,
  writeSafetensors,
} from '@tha4/core';

/** A network that a start can be for. */
export type StartedNetwork =
  | { readonly network: 'face'; readonly config: FaceMorpherConfig }
  | { readonly network: 'body'; readonly config: BodyMorpherConfig };

/** Writes a start: 16-bit weights under PyTorch's names, with what is to be known about them in the header. */
export function writeStart(started: StartedNetwork, weights: Weights, about: ReadonlyMap<string, string>): Uint8Array {
  const matrices = [...specOf(started)].filter(([, shape]) => shape.length > 1);
  const widths = new Map(matrices.map(([key]) => [key, 16]));
  return writeSafetensors(packWeights(checkpointFromWeights(weights, 'F32'), widths), about);
}

/** @throws {CheckpointError} when the file is damaged, or not of this network */
export function readStart(bytes: Uint8Array, started: StartedNetwork, where: string): Weights {
  const spec = specOf(started);
  return weightsFromCheckpoint(
    unpackWeights(readSafetensors(bytes, where).tensors, spec, where).checkpoint,
    spec,
    where,
  );
}

function specOf(started: StartedNetwork): Spec {
  return started.network === 'face' ? faceMorpherSpec(started.config) : bodyMorpherSpec(started.config);
}
