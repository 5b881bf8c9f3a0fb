import { type Character, ImageError, type RgbaImage, studentImageSize } from '@tha4/core';
import { type CharacterStudentOptions, createWasmStudent, type WasmStudent } from '@tha4/student/wasm';
import { poseBatch } from '../pose-batch.ts';
import type { PreparedTeacher, Teacher, TeacherFrames } from '../teacher.ts';
import { writeStudentFrame } from './student-frame.ts';

/** How the student is run; see `CharacterStudentOptions`. */
export type StudentTeacherOptions = Pick<CharacterStudentOptions, 'variant' | 'threads' | 'createThread' | 'cull'>;

/**
 * An existing character as a teacher: for distilling it again into another size, and because it paints true frames.
 * It knows its own picture only, so `prepare` takes that picture. Tiles in which nothing is visible in any pose are left
 * out where the character's file has a map of them (twice as fast): there the flow is 0. `cull: false` paints them too.
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
      const student = await createWasmStudent(character, { ...options, keepOutputs: true });
      return new PreparedStudent(student, studentImageSize(character.config));
    },
  };
}

class PreparedStudent implements PreparedTeacher {
  #student: WasmStudent | null;
  readonly #size: number;

  constructor(student: WasmStudent, size: number) {
    this.#student = student;
    this.#size = size;
  }

  async pose(poses: readonly Float32Array[], signal?: AbortSignal): Promise<TeacherFrames> {
    const student = this.#student;
    if (student === null) throw new RangeError('student teacher: expected one that is not disposed of');
    return poseBatch(this.#size, poses, signal, (pose, frames, index) => {
      student.paint(pose);
      writeStudentFrame(student, frames, index);
    });
  }

  async dispose(): Promise<void> {
    this.#student?.dispose();
    this.#student = null;
  }
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
