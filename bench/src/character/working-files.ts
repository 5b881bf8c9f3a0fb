import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Character, imageToModel, writeCharacter } from '@tha4/core';
import { exportStudentOnnx, recordModel, weightConstants } from '@tha4/core/onnx';
import { publishedStudent } from '../networks/published-student.ts';

/** What contestants read. */
export const WORKING_FILES = ['character.tha', 'ours.onnx', 'published.onnx', 'picture.f32'] as const;
export type WorkingFile = (typeof WORKING_FILES)[number];

/** A temporary folder with the working files of a character. */
export interface WorkingFolder {
  readonly path: string;
  remove(): void;
}

/** Writes a character in the forms that contestants read. Weights keep every bit. */
export function writeWorkingFiles(character: Character): WorkingFolder {
  const path = mkdtempSync(join(tmpdir(), 'tha4-bench-'));
  const { config, face, body, image } = character;
  const files: Readonly<Record<WorkingFile, Uint8Array>> = {
    'character.tha': writeCharacter(character, 'F32'),
    'ours.onnx': exportStudentOnnx(config, face, body),
    'published.onnx': publishedOnnx(character),
    'picture.f32': new Uint8Array(channelsFirst(imageToModel(image), image.width * image.height).buffer),
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove); // also when somebody ends the program half-way
  return { path, remove };
}

/** Inputs and the output `blended` as those of `exportStudentOnnx`. */
function publishedOnnx({ config, face, body, image: { width, height } }: Character): Uint8Array {
  const about = {
    name: 'published_student',
    description: 'THA4 student, layer by layer as published; for comparison.',
  };
  return recordModel(about, undefined, (ops, input) => {
    const image = input('image', [1, height, width, 4]);
    const pose = input('pose', [1, config.body.poseSize]);
    const params = { face: weightConstants(face, 'face.'), body: weightConstants(body, 'body.') };
    return { blended: publishedStudent(ops, config, params, image, pose) };
  });
}

/** `[pixels, 4]` as `[4, pixels]`. */
function channelsFirst(data: Float32Array, pixels: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: pixels * 4 }, (_, i) => data[(i % pixels) * 4 + Math.floor(i / pixels)]!);
}
