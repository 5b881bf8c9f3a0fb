import type { Weights } from '../checkpoint/stored-tensor.ts';
import { type BodyMorpherConfig, type BodyMorpherOutput, bodyMorpher } from '../models/body-morpher.ts';
import { type FaceMorpherConfig, faceMorpher } from '../models/face-morpher.ts';
import { type StudentConfig, student, studentImageSize } from '../models/student.ts';
import { type OnnxExportOptions, recordModel, weightConstants } from './record-model.ts';
import type { Recorded } from './recorder.ts';

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
  const about = { name: 'face_morpher', description: `THA4 student face morpher. ${CONVENTIONS}` };
  return recordModel(about, options, (ops, input) => ({
    face: faceMorpher(ops, config, weightConstants(weights), input('pose', [1, config.poseSize])),
  }));
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
  const about = { name: 'body_morpher', description: `THA4 student body morpher. ${CONVENTIONS}` };
  return recordModel(about, options, (ops, input) => {
    const size = config.levels.at(-1)!.size;
    const image = input('image', [1, size, size, 4]);
    const pose = input('pose', [1, config.poseSize]);
    return bodyOutputs(bodyMorpher(ops, config, weightConstants(weights), image, pose));
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
  const about = { name: 'student', description: `THA4 student. ${CONVENTIONS}` };
  return recordModel(about, options, (ops, input) => {
    const size = studentImageSize(config);
    const image = input('image', [1, size, size, 4]);
    const pose = input('pose', [1, config.body.poseSize]);
    const params = { face: weightConstants(faceWeights, 'face.'), body: weightConstants(bodyWeights, 'body.') };
    const { face, ...body } = student(ops, config, params, image, pose);
    return { face, ...bodyOutputs(body) };
  });
}

function bodyOutputs({ gridChange, ...images }: BodyMorpherOutput<Recorded>): Record<string, Recorded> {
  return { ...images, grid_change: gridChange };
}
