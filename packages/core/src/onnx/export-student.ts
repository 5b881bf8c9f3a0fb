import type { Weights } from '../checkpoint/stored-tensor.ts';
import { type BodyMorpherConfig, type BodyMorpherOutput, bodyMorpher } from '../models/body-morpher.ts';
import { type FaceMorpherConfig, faceMorpher } from '../models/face-morpher.ts';
import { type StudentConfig, student, studentImageSize } from '../models/student.ts';
import { type GraphBuilder, graphBuilder, type Value } from './graph.ts';
import { onnxOps, type Recorded, type SineOptions } from './onnx-ops.ts';
import { encodeModel } from './protobuf.ts';

export interface OnnxExportOptions extends Partial<SineOptions> {
  /** Written as `metadata_props`, for example who made the weights and under which licence. */
  readonly metadata?: ReadonlyMap<string, string>;
}

const DEFAULTS: Required<OnnxExportOptions> = { reduceSine: false, metadata: new Map() };

const CONVENTIONS =
  'Images are NCHW RGBA, linear light, premultiplied alpha, scaled to [-1, 1], not clamped. ' +
  'Flow holds (x, y) in units where the picture spans [-1, 1].';

/**
 * A face morpher as an ONNX file (opset 17, batch of one, grids baked in).
 *
 * Input `pose [1, poseSize]`; output `face [1, 4, size, size]`.
 *
 * @param weights as `faceMorpherSpec(config)` says
 */
export function exportFaceMorpherOnnx(
  config: FaceMorpherConfig,
  weights: Weights,
  options?: OnnxExportOptions,
): Uint8Array {
  return record('face_morpher', `THA4 student face morpher. ${CONVENTIONS}`, options, (graph, sine) => {
    const pose = input(graph, 'pose', [1, config.poseSize]);
    return { face: faceMorpher(onnxOps(graph, sine), config, constants(weights, ''), pose) };
  });
}

/**
 * A body morpher as an ONNX file (opset 17, batch of one, grids baked in).
 *
 * Inputs `image [1, 4, size, size]`, the face already pasted in, and `pose [1, poseSize]`; outputs `blended`, `alpha`,
 * `direct`, `warped`, `grid_change`.
 *
 * @param weights as `bodyMorpherSpec(config)` says
 */
export function exportBodyMorpherOnnx(
  config: BodyMorpherConfig,
  weights: Weights,
  options?: OnnxExportOptions,
): Uint8Array {
  return record('body_morpher', `THA4 student body morpher. ${CONVENTIONS}`, options, (graph, sine) => {
    const size = config.levels.at(-1)!.size;
    const image = input(graph, 'image', [1, size, size, 4]);
    const pose = input(graph, 'pose', [1, config.poseSize]);
    return bodyOutputs(bodyMorpher(onnxOps(graph, sine), config, constants(weights, ''), image, pose));
  });
}

/**
 * A whole student as an ONNX file (opset 17, batch of one, grids baked in): the character's picture and a pose in, a
 * frame out.
 *
 * Inputs `image [1, 4, size, size]` and `pose [1, 45]`; outputs `face`, `blended` (the frame), `alpha`, `direct`,
 * `warped`, `grid_change`.
 */
export function exportStudentOnnx(
  config: StudentConfig,
  faceWeights: Weights,
  bodyWeights: Weights,
  options?: OnnxExportOptions,
): Uint8Array {
  return record('student', `THA4 student. ${CONVENTIONS}`, options, (graph, sine) => {
    const size = studentImageSize(config);
    const image = input(graph, 'image', [1, size, size, 4]);
    const pose = input(graph, 'pose', [1, config.body.poseSize]);
    const params = { face: constants(faceWeights, 'face.'), body: constants(bodyWeights, 'body.') };
    const { face, ...body } = student(onnxOps(graph, sine), config, params, image, pose);
    return { face, ...bodyOutputs(body) };
  });
}

function record(
  name: string,
  description: string,
  options: OnnxExportOptions | undefined,
  network: (graph: GraphBuilder, sine: SineOptions) => Record<string, Recorded>,
): Uint8Array {
  const { metadata, ...sine } = { ...DEFAULTS, ...options };
  const graph = graphBuilder();
  const outputs: Record<string, Value> = {};
  for (const [key, recorded] of Object.entries(network(graph, sine))) {
    if ('value' in recorded) outputs[key] = recorded.value;
  }
  return encodeModel(graph.build({ name, producer: 'tha4', description, metadata }, outputs));
}

function bodyOutputs({ blended, alpha, direct, warped, gridChange }: BodyMorpherOutput<Recorded>) {
  return { blended, alpha, direct, warped, grid_change: gridChange };
}

/** @param shape logical: NHWC for images */
function input(graph: GraphBuilder, name: string, shape: readonly number[]): Recorded {
  const [n, h, w, c] = shape;
  return { shape, value: graph.input(name, shape.length === 4 ? [n!, c!, h!, w!] : shape) };
}

function constants(weights: Weights, prefix: string): Map<string, Recorded> {
  return new Map([...weights].map(([key, { shape, data }]) => [key, { shape, data, name: prefix + key }]));
}
