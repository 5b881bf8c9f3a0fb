import { CheckpointError } from '../errors.ts';
import { BODY_MORPHER, type BodyMorpherConfig } from '../models/body-morpher.ts';
import { FACE_MORPHER, type FaceMorpherConfig } from '../models/face-morpher.ts';
import type { Checkpoint } from './stored-tensor.ts';

/** Values that a position takes in front of the pose in a morpher's input. */
const POSITION_CHANNELS = 2;

/** Which morpher a checkpoint's keys belong to; `null` where neither. */
export function morpherKind(checkpoint: Checkpoint): 'face' | 'body' | null {
  if (checkpoint.has(faceKey(0))) return 'face';
  return checkpoint.has(bodyKey(0, 0)) ? 'body' : null;
}

/**
 * Reads a face morpher's widths off its weights, so that students of other widths than the paper's load too. Only the
 * shapes that fix the config are looked at; `weightsFromCheckpoint` checks the rest.
 *
 * @param where names the file in errors
 * @param imageSize side of the output in pixels, which the weights do not tell
 * @throws CheckpointError where the first layer is missing or a layer is not a 1x1 convolution
 */
export function inferFaceConfig(
  checkpoint: Checkpoint,
  where: string,
  imageSize: number = FACE_MORPHER.imageSize,
): FaceMorpherConfig {
  expectKind(checkpoint, 'face', where);
  const layers = layerShapes(checkpoint, faceKey, where);
  return { imageSize, poseSize: poseSizeOf(layers, faceKey(0), where), widths: layers.map(([out]) => out) };
}

/**
 * Reads a body morpher's levels and widths off its weights; see `inferFaceConfig`.
 *
 * @param firstSize side of the first level in pixels; every further level doubles it
 * @throws CheckpointError where the first layer is missing or a layer is not a 1x1 convolution
 */
export function inferBodyConfig(
  checkpoint: Checkpoint,
  where: string,
  firstSize: number = BODY_MORPHER.levels[0]!.size,
): BodyMorpherConfig {
  expectKind(checkpoint, 'body', where);
  const levels: [out: number, input: number][][] = [];
  while (checkpoint.has(bodyKey(levels.length, 0))) {
    const level = levels.length;
    levels.push(layerShapes(checkpoint, (layer) => bodyKey(level, layer), where));
  }
  return {
    poseSize: poseSizeOf(levels[0]!, bodyKey(0, 0), where),
    levels: levels.map((layers, level) => ({ size: firstSize * 2 ** level, widths: layers.map(([out]) => out) })),
  };
}

function expectKind(checkpoint: Checkpoint, kind: 'face' | 'body', where: string): void {
  const actual = morpherKind(checkpoint);
  if (actual === kind) return;
  const key = kind === 'face' ? faceKey(0) : bodyKey(0, 0);
  const got = actual === null ? `keys such as ${[...checkpoint.keys()].slice(0, 3).join(', ')}` : `a ${actual} morpher`;
  throw new CheckpointError(`${where}: expected a ${kind} morpher with a tensor '${key}', got ${got}`, [key]);
}

/** `[out, in]` of the layers `keyOf(0)`, `keyOf(1)`, ... as far as there are any. */
function layerShapes(checkpoint: Checkpoint, keyOf: (layer: number) => string, where: string): [number, number][] {
  const shapes: [number, number][] = [];
  for (let tensor = checkpoint.get(keyOf(0)); tensor !== undefined; tensor = checkpoint.get(keyOf(shapes.length))) {
    const [out = 0, input = 0, ...kernel] = tensor.shape;
    if (out < 1 || input < 1 || kernel.length !== 2 || kernel.some((size) => size !== 1)) {
      const key = keyOf(shapes.length);
      throw new CheckpointError(
        `${where}: '${key}': expected shape [out, in, 1, 1], got [${tensor.shape.join(', ')}]`,
        [key],
      );
    }
    shapes.push([out, input]);
  }
  return shapes;
}

function poseSizeOf(layers: readonly (readonly [out: number, input: number])[], key: string, where: string): number {
  const poseSize = layers[0]![1] - POSITION_CHANNELS;
  if (poseSize >= 1) return poseSize;
  throw new CheckpointError(
    `${where}: '${key}': expected position and pose, 3 or more input channels, got ${layers[0]![1]}`,
    [key],
  );
}

function faceKey(layer: number): string {
  return `siren.sine_layers.${layer}.linear.weight`;
}

function bodyKey(level: number, layer: number): string {
  return `siren_layers.${level}.${layer}.linear.weight`;
}
