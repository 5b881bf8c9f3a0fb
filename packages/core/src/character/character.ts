import type { Weights } from '../checkpoint/stored-tensor.ts';
import type { RgbaImage } from '../image/rgba-image.ts';
import type { StudentConfig } from '../models/student.ts';
import type { CharacterManifest } from './manifest.ts';

/** A character in memory: what every reader returns and every writer takes. */
export interface Character {
  readonly manifest: CharacterManifest;
  /** The picture, 8-bit sRGB straight alpha, as large as the student paints. */
  readonly image: RgbaImage;
  /** The picture's file as it was read, so that a conversion never re-encodes it. */
  readonly imagePng: Uint8Array;
  /** Face mask PNG of the distillation, where the file has one. */
  readonly faceMaskPng: Uint8Array | null;
  readonly config: StudentConfig;
  /** float32 weights in this project's layout, checked against the config's specs. */
  readonly face: Weights;
  readonly body: Weights;
}
