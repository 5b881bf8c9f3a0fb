export { byteSize, DTYPE_BYTES, elementCount, fromFloat32, toFloat32 } from './checkpoint/dtype.ts';
export { readSafetensors, type SafetensorsFile, writeSafetensors } from './checkpoint/safetensors.ts';
export type {
  Checkpoint,
  FloatTensor,
  Spec,
  StoredDtype,
  StoredTensor,
  Weights,
} from './checkpoint/stored-tensor.ts';
export {
  BackendError,
  CharacterError,
  CheckpointError,
  ImageError,
  PoseError,
  ShapeError,
  Tha4Error,
} from './errors.ts';
export { imageToModel, modelToImage } from './image/model-image.ts';
export { decodePng, encodePng, type PngImage } from './image/png.ts';
export type { RgbaImage } from './image/rgba-image.ts';
export { linearToSrgb, linearToSrgbByte, srgbToLinear } from './image/srgb.ts';
export { SRGB_BYTE_TO_LINEAR } from './image/srgb-table.ts';
export { meanAbsoluteError, meanSquaredError } from './metrics/mean-difference.ts';
export { psnr, psnrOfError } from './metrics/psnr.ts';
