export type { Character } from './character/character.ts';
export { companionFiles, OPTIONAL_COMPANIONS } from './character/companion-files.ts';
export {
  CHARACTER_FORMAT,
  CHARACTER_VERSION,
  type CharacterManifest,
  type CharacterQuality,
  type Provenance,
} from './character/manifest.ts';
export { type CharacterDtype, type CharacterPacking, packingName } from './character/packing.ts';
export type { CharacterForm, CharacterParts } from './character/parts.ts';
export {
  type CharacterInspection,
  inspectCharacterParts,
  readCharacter,
  readCharacterParts,
} from './character/read-character.ts';
export { isOwnCharacter, readOwnCharacter } from './character/read-own-character.ts';
export { mixedPackings, trialPackings } from './character/small-packings.ts';
export { decodeTileMap, encodeTileMap, MAP_TILE, type TileMap } from './character/tile-map.ts';
export { characterParts, originalParts, writeCharacter } from './character/write-character.ts';
export { pytorchShape } from './checkpoint/dense-layout.ts';
export { byteSize, DTYPE_BYTES, elementCount, fromFloat32, toFloat32 } from './checkpoint/dtype.ts';
export { inferBodyConfig, inferFaceConfig, morpherKind } from './checkpoint/infer-config.ts';
export { type BitWidths, packWeights, unpackWeights } from './checkpoint/packed-weights.ts';
export { readPt } from './checkpoint/pt-read.ts';
export { writePt } from './checkpoint/pt-write.ts';
export { readSafetensors, type SafetensorsFile, writeSafetensors } from './checkpoint/safetensors.ts';
export type {
  Checkpoint,
  FloatTensor,
  Spec,
  StoredDtype,
  StoredTensor,
  Weights,
} from './checkpoint/stored-tensor.ts';
export { readTfjsLayers } from './checkpoint/tfjs-layers.ts';
export { checkpointFromWeights, weightsFromCheckpoint } from './checkpoint/weights.ts';
export { readZip, writeZip, type ZipOptions } from './checkpoint/zip.ts';
export {
  BackendError,
  CharacterError,
  CheckpointError,
  ImageError,
  PoseError,
  ShapeError,
  Tha4Error,
} from './errors.ts';
export { compositeOver } from './image/composite.ts';
export {
  type Crop,
  cropImage,
  cropTensor,
  EYEBROW_CROP,
  FRAME_SIZE,
  pasteImage,
  pasteTensor,
  STUDENT_FACE_CROP,
  TEACHER_FACE_CROP,
} from './image/crop.ts';
export { imageToModel, modelToImage } from './image/model-image.ts';
export { decodePng, encodePng, type PngImage } from './image/png.ts';
export { positionGrid } from './image/position-grid.ts';
export { premultipliedSrgb } from './image/premultiplied.ts';
export type { RgbaImage } from './image/rgba-image.ts';
export { linearToSrgb, linearToSrgbByte, srgbToLinear } from './image/srgb.ts';
export { SRGB_BYTE_TO_LINEAR } from './image/srgb-table.ts';
export { imageToStraight, straightToModel } from './image/straight-image.ts';
export { type ImageQuality, imageQuality, type Likeness, QUALITY_CONVENTION } from './metrics/image-quality.ts';
export { meanAbsoluteError, meanSquaredError } from './metrics/mean-difference.ts';
export { psnr, psnrOfError } from './metrics/psnr.ts';
export { type PictureShape, SSIM_WINDOW, ssim, ssimMap, ssimPerChannel } from './metrics/ssim.ts';
export type { EncoderDecoderConfig } from './models/blocks/encoder-decoder.ts';
export {
  BODY_MORPHER,
  type BodyLevelConfig,
  type BodyMorpherConfig,
  type BodyMorpherOutput,
  bodyMorpher,
  bodyMorpherSpec,
} from './models/body-morpher.ts';
export { FACE_MORPHER, type FaceMorpherConfig, faceMorpher, faceMorpherSpec } from './models/face-morpher.ts';
export { OMEGA_0 } from './models/linear.ts';
export { type Fold, type Inputs, type Network, type NetworkInput, networkWeights } from './models/network.ts';
export type { Params } from './models/params.ts';
export type { Observe } from './models/run.ts';
export type { Stage, StageInput, StageParams } from './models/stage.ts';
export {
  STUDENT,
  type StudentConfig,
  type StudentOutput,
  type StudentParams,
  student,
  studentImageSize,
} from './models/student.ts';
export { type EditorOutput, editor, editorSpec, type RotatedImage, THA3_EDITOR } from './models/tha3/editor.ts';
export { THA3_NETWORKS, tha3Networks } from './models/tha3/networks.ts';
export {
  poseTha3,
  prepareTha3,
  rotateTha3Body,
  THA3_SEPARABLE,
  THA3_STANDARD,
  type Tha3Body,
  type Tha3Config,
  type Tha3Output,
  type Tha3Params,
  tha3Outputs,
} from './models/tha3/pipeline.ts';
export type { ResizeConvConfig } from './models/tha3/resize-conv.ts';
export { type RotatorOutput, rotator, rotatorSpec, THA3_ROTATOR } from './models/tha3/rotator.ts';
export { THA3_STAGES, tha3Stages } from './models/tha3/stages.ts';
export { TEACHER_BODY_MORPHER, teacherBodyMorpher, teacherBodyMorpherSpec } from './models/tha4/body-morpher.ts';
export {
  EYEBROW_DECOMPOSER,
  type EyebrowDecomposerOutput,
  eyebrowDecomposer,
  eyebrowDecomposerSpec,
} from './models/tha4/eyebrow-decomposer.ts';
export {
  EYEBROW_MORPHING_COMBINER,
  type EyebrowMorphingCombinerOutput,
  eyebrowMorphingCombiner,
  eyebrowMorphingCombinerSpec,
  type PreparedEyebrows,
  prepareEyebrows,
} from './models/tha4/eyebrow-morphing-combiner.ts';
export {
  TEACHER_FACE_MORPHER,
  type TeacherFaceMorpherOutput,
  teacherFaceMorpher,
  teacherFaceMorpherSpec,
} from './models/tha4/face-morpher.ts';
export {
  type FacePipelineConfig,
  type FacePipelineParams,
  type MorphedFace,
  morphFace,
  type PreparedFace,
} from './models/tha4/face-pipeline.ts';
export { THA4_NETWORKS, tha4Networks } from './models/tha4/networks.ts';
export {
  poseTha4,
  prepareTha4,
  type RotatedBody,
  rotateTha4Body,
  THA4,
  type Tha4Config,
  type Tha4Output,
  type Tha4Params,
  tha4Outputs,
} from './models/tha4/pipeline.ts';
export { type TeacherStages, THA4_STAGES, tha4Stages } from './models/tha4/stages.ts';
export type { TeacherBodyOutput } from './models/tha4/teacher-body.ts';
export type { UNetConfig } from './models/tha4/unet/plan.ts';
export { type CoarseBody, UPSCALER, upscaler, upscalerSpec } from './models/tha4/upscaler.ts';
export type { InferenceOps, Modulation } from './ops/inference-ops.ts';
export type { Ops } from './ops/ops.ts';
export {
  FACE_POSE_SIZE,
  POSE_PARAMETERS,
  POSE_SIZE,
  type PoseCategory,
  type PoseGroup,
  type PoseParameter,
  type PoseSide,
  poseParameter,
} from './pose/parameters.ts';
export { parsePose, parsePoseText } from './pose/parse.ts';
export {
  clampPose,
  formatPose,
  interpolatePose,
  mirrorPose,
  neutralPose,
  posesEqual,
  validatePose,
} from './pose/pose.ts';
export { isPosePreset, POSE_PRESETS, type PosePreset, presetPose } from './pose/presets.ts';
export { type Random, randomPose } from './pose/random.ts';
