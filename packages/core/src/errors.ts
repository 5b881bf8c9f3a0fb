/**
 * Base of every error that this project throws on purpose. The message reads
 * `place: expected X, got Y; what to do`, so it can be shown to a person as it is.
 */
export class Tha4Error extends Error {
  override readonly name: string = 'Tha4Error';
}

/** A tensor or picture has another shape than the place needs. */
export class ShapeError extends Tha4Error {
  override readonly name = 'ShapeError';
  /** @param expected sizes per axis; `null` stands for any size */
  constructor(where: string, expected: readonly (number | null)[], actual: readonly number[]) {
    const want = expected.map((size) => size ?? '?').join(', ');
    super(`${where}: expected shape [${want}], got [${actual.join(', ')}]`);
  }
}

/** A weight file (`.pt`, safetensors, TFJS, ONNX) cannot be read, or is not the network it should be. */
export class CheckpointError extends Tha4Error {
  override readonly name = 'CheckpointError';
  /** Checkpoint keys that are missing, unexpected or misshapen; empty where the file as a whole is bad. */
  readonly keys: readonly string[];
  constructor(message: string, keys: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.keys = keys;
  }
}

/** A character file or folder is incomplete, damaged or not of a known form. */
export class CharacterError extends Tha4Error {
  override readonly name = 'CharacterError';
}

/** A picture cannot be read, or does not meet the input rules. */
export class ImageError extends Tha4Error {
  override readonly name = 'ImageError';
}

/** A pose has the wrong length, an unknown name or a value that is not a number. */
export class PoseError extends Tha4Error {
  override readonly name = 'PoseError';
}

/** A compute backend is not there, was lost, or cannot do what was asked. */
export class BackendError extends Tha4Error {
  override readonly name = 'BackendError';
}
