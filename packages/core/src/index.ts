export {
  BackendError,
  CharacterError,
  CheckpointError,
  ImageError,
  PoseError,
  ShapeError,
  Tha4Error,
} from './errors.ts';
