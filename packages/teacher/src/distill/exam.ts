import {
  type Character,
  cropTensor,
  FRAME_SIZE,
  type ImageQuality,
  imageQuality,
  meanSquaredError,
  modelToImage,
  premultipliedSrgb,
  psnrOfError,
  type RgbaImage,
  STUDENT_FACE_CROP,
} from '@tha4/core';
import type { PreparedTeacher } from '../teacher.ts';
import type { HeldOutPose } from './held-out-poses.ts';

/** Paints one character; see `Examiner`. */
export interface StudentPainter {
  readonly paint: (pose: Float32Array) => Promise<RgbaImage>;
  readonly dispose: () => Promise<void>;
}

export type CreatePainter = (character: Character) => Promise<StudentPainter>;

/** A held-out pose as both paint it, and how alike that is. */
export interface Examined extends HeldOutPose {
  readonly quality: ImageQuality;
}

/** Likeness over several frames: PSNR of the mean squared error, mean SSIM. */
export interface MeanQuality {
  readonly psnr: number;
  readonly ssim: number;
  readonly facePsnr: number;
  readonly faceSsim: number;
}

/** A PSNR never exceeds this, so that equal frames stay a number that JSON can hold. */
export const MOST_DECIBELS = 120;

/** Compares students with their teacher on held-out poses; the teacher's frames are painted once. */
export class Examiner {
  readonly #teacher: PreparedTeacher;
  readonly #createPainter: CreatePainter;
  readonly #signal: AbortSignal;
  readonly #frames = new Map<string, RgbaImage>();
  #paintSeconds = 0;
  #teacherSeconds = 0;

  constructor(teacher: PreparedTeacher, createPainter: CreatePainter, signal: AbortSignal) {
    this.#teacher = teacher;
    this.#createPainter = createPainter;
    this.#signal = signal;
  }

  /** How long a student's frame took the last time, seconds; 0 before the first one. */
  get paintSeconds(): number {
    return this.#paintSeconds;
  }

  /** How long the teacher's frames of some poses will take, seconds: those that it has not painted yet. */
  teacherSeconds(poses: readonly HeldOutPose[]): number {
    return this.#teacherSeconds * poses.filter(({ name }) => !this.#frames.has(name)).length;
  }

  /** What the teacher paints in a pose. */
  async teacherFrame({ name, pose }: HeldOutPose): Promise<RgbaImage> {
    const known = this.#frames.get(name);
    if (known !== undefined) return known;
    const start = performance.now();
    const { posed, size } = await this.#teacher.pose([pose]);
    this.#teacherSeconds = (performance.now() - start) / 1000;
    const frame = modelToImage(posed, size, size);
    this.#frames.set(name, frame);
    return frame;
  }

  /** What a student paints in some poses. @param onFrame called after each */
  async studentFrames(
    character: Character,
    poses: readonly HeldOutPose[],
    onFrame: (done: number) => void = () => {},
  ): Promise<RgbaImage[]> {
    const painter = await this.#createPainter(character);
    try {
      const frames: RgbaImage[] = [];
      for (const { pose } of poses) {
        const start = performance.now();
        frames.push(await painter.paint(pose));
        this.#paintSeconds = (performance.now() - start) / 1000;
        onFrame(frames.length);
      }
      return frames;
    } finally {
      await painter.dispose();
    }
  }

  /** PSNR alone, which is quicker: of the mean squared error over all frames, and over all face crops. */
  async psnr(character: Character, poses: readonly HeldOutPose[]): Promise<{ psnr: number; facePsnr: number }> {
    const students = await this.studentFrames(character, poses);
    let frames = 0;
    let faces = 0;
    for (const [index, pose] of poses.entries()) {
      const a = premultipliedSrgb(students[index]!);
      const b = premultipliedSrgb(await this.teacherFrame(pose));
      frames += meanSquaredError(a, b);
      faces += meanSquaredError(faceOf(a), faceOf(b));
    }
    const decibels = (sum: number): number => Math.min(psnrOfError(sum / poses.length), MOST_DECIBELS);
    return { psnr: decibels(frames), facePsnr: decibels(faces) };
  }

  /**
   * The last measurement, once the training is saved: a stop breaks it off. Those on the way are short, and come to their
   * end, so that a stopped run knows all that an unbroken one does.
   *
   * @param onFrame called as poses are done: painting is half of each
   * @throws {DOMException} AbortError when the signal aborts
   */
  async examine(
    character: Character,
    poses: readonly HeldOutPose[],
    onFrame: (done: number) => void = () => {},
  ): Promise<Examined[]> {
    const students = await this.studentFrames(character, poses, (done) => {
      this.#signal.throwIfAborted();
      onFrame(done / 2);
    });
    const examined: Examined[] = [];
    for (const [index, pose] of poses.entries()) {
      this.#signal.throwIfAborted();
      const quality = imageQuality(students[index]!, await this.teacherFrame(pose));
      examined.push({ ...pose, quality });
      onFrame((poses.length + index + 1) / 2);
      await new Promise((resolve) => setImmediate(resolve)); // lets Ctrl-C in
    }
    return examined;
  }
}

function faceOf(frame: Float32Array): Float32Array {
  return cropTensor(frame, [FRAME_SIZE, FRAME_SIZE, 4], STUDENT_FACE_CROP);
}

/** @param examined at least one */
export function meanQuality(examined: readonly Examined[]): MeanQuality {
  const mean = (of: (quality: ImageQuality) => number): number =>
    examined.reduce((sum, { quality }) => sum + of(quality), 0) / examined.length;
  const decibels = (of: (quality: ImageQuality) => number): number =>
    Math.min(psnrOfError(mean((quality) => 10 ** (-of(quality) / 10))), MOST_DECIBELS);
  return {
    psnr: decibels(({ frame }) => frame.psnr),
    ssim: mean(({ frame }) => frame.ssim),
    facePsnr: decibels(({ face }) => face.psnr),
    faceSsim: mean(({ face }) => face.ssim),
  };
}

/** Likeness of the resting picture itself to the teacher's frames: what a student must beat. */
export async function restingQuality(
  image: RgbaImage,
  poses: readonly HeldOutPose[],
  examiner: Examiner,
): Promise<MeanQuality> {
  const examined: Examined[] = [];
  for (const pose of poses) {
    examined.push({ ...pose, quality: imageQuality(image, await examiner.teacherFrame(pose)) });
  }
  return meanQuality(examined);
}
