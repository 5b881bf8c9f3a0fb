import {
  type Character,
  type Crop,
  FACE_POSE_SIZE,
  ImageError,
  MAP_TILE,
  type RgbaImage,
  studentImageSize,
  validatePose,
} from '@tha4/core';
import { type CharacterStudentOptions, createWasmStudent, surveyTiles, type WasmStudent } from '@tha4/student/wasm';
import { poseBatch } from '../pose-batch.ts';
import type { PreparedTeacher, Teacher, TeacherFrames, TeacherWindow } from '../teacher.ts';
import { studentWindow, writeStudentFrame } from './student-frame.ts';

/** How the student is run; see `CharacterStudentOptions`. */
export type StudentTeacherOptions = Pick<CharacterStudentOptions, 'variant' | 'threads' | 'createThread' | 'cull'>;

/**
 * An existing character as a teacher: for distilling it again into another size, and because it paints true frames.
 * It knows its own picture only, so `prepare` takes that picture. Tiles in which nothing is visible in any pose are left
 * out (twice as fast): there the flow is 0. Where the character's file has no map of them, `prepare` makes one, which
 * takes some seconds. `cull: false` paints them too.
 *
 * @throws {BackendError} (from `prepare`) where there is no WebAssembly SIMD, or the kernels do not know its shape
 */
export function studentTeacher(character: Character, options: Partial<StudentTeacherOptions> = {}): Teacher {
  const { name, provenance } = character.manifest;
  return {
    info: {
      name: 'student',
      licence: provenance.licence ?? 'that of the character',
      needs: `nothing beside the character ${name}`,
    },
    async prepare(image, _mask, signal) {
      signal?.throwIfAborted();
      checkSamePicture(character, image);
      const seen = options.cull === false ? character : await withMap(character, options, signal);
      const student = await createWasmStudent(seen, { ...options, keepOutputs: true });
      return new PreparedStudent(student, studentImageSize(character.config));
    },
  };
}

/** Few poses, as whatever stands in the guard band is painted all the same. */
const SURVEY_POSES = 32;

async function withMap(
  character: Character,
  { threads = 1, createThread = null }: Partial<StudentTeacherOptions>,
  signal: AbortSignal | undefined,
): Promise<Character> {
  if (character.manifest.visibleTiles !== undefined) return character;
  const visibleTiles = await surveyTiles(character, {
    poses: SURVEY_POSES,
    threads,
    createThread,
    signal: signal ?? null,
  });
  return { ...character, manifest: { ...character.manifest, visibleTiles } };
}

class PreparedStudent implements PreparedTeacher {
  #student: WasmStudent | null;
  readonly #size: number;
  /** That of the face in the student's picture. */
  #face: Float32Array | null = null;

  constructor(student: WasmStudent, size: number) {
    this.#student = student;
    this.#size = size;
  }

  async pose(poses: readonly Float32Array[], signal?: AbortSignal): Promise<TeacherFrames> {
    const student = this.#student;
    if (student === null) throw new RangeError('student teacher: expected one that is not disposed of');
    return poseBatch(this.#size, poses, signal, (pose, frames, index) => {
      this.#face = pose.slice(0, FACE_POSE_SIZE);
      student.paint(pose);
      writeStudentFrame(student, frames, index);
    });
  }

  async window(pose: Float32Array, window: Crop): Promise<TeacherWindow> {
    const student = this.#student;
    if (student === null) throw new RangeError('student teacher: expected one that is not disposed of');
    const valid = validatePose(pose, 'pose');
    if (!this.#face?.every((value, index) => value === valid[index])) {
      student.paintFace(valid);
      this.#face = valid.slice(0, FACE_POSE_SIZE);
    }
    student.paintWindow(valid, tilesOf(window));
    return studentWindow(student, window, this.#size);
  }

  async dispose(): Promise<void> {
    this.#student?.dispose();
    this.#student = null;
  }
}

function tilesOf({ top, left, height, width }: Crop): { readonly row: number; readonly column: number }[] {
  const [rows, columns] = [height / MAP_TILE, width / MAP_TILE];
  return Array.from({ length: rows * columns }, (_, at) => ({
    row: top / MAP_TILE + Math.floor(at / columns),
    column: left / MAP_TILE + (at % columns),
  }));
}

/** A student can pose no other picture than its own. */
function checkSamePicture({ manifest, image: own }: Character, image: RgbaImage): void {
  const same =
    own.width === image.width &&
    own.height === image.height &&
    own.data.every((value, i) => value === image.data[i] || (own.data[i | 3] === 0 && image.data[i | 3] === 0));
  if (!same) {
    throw new ImageError(
      `student teacher: expected the picture of ${manifest.name}, got another one; a student poses its own picture only`,
    );
  }
}
