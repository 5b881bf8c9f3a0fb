import type { Crop } from '@tha4/core';
import type { WasmStudent } from '@tha4/student/wasm';
import type { TeacherFrames, TeacherWindow } from '../teacher.ts';
import { sampleAt } from '../warp/sample.ts';

/** Copies the student's last frame, and what it was blended of, to place `index` of a batch. */
export function writeStudentFrame(student: WasmStudent, frames: TeacherFrames, index: number): void {
  const { size, posed, faceMorphed } = frames;
  const image = student.faceMorphed();
  posed.set(student.frame(), index * size * size * 4);
  faceMorphed.set(image, index * size * size * 4);
  writeOutputs(student, { top: 0, left: 0, height: size, width: size }, size, frames, index * size * size);
}

/** A window of what the student painted last. */
export function studentWindow(student: WasmStudent, window: Crop, size: number): TeacherWindow {
  const { top, left, height, width } = window;
  const floats = (channels: number): Float32Array => new Float32Array(height * width * channels);
  const painted = { posed: floats(4), warped: floats(4), gridChange: floats(2), direct: floats(4) };
  const frame = student.frame();
  for (let row = 0; row < height; row++) {
    const first = ((top + row) * size + left) * 4;
    painted.posed.set(frame.subarray(first, first + width * 4), row * width * 4);
  }
  writeOutputs(student, window, size, painted, 0);
  return { ...painted, faceMorphed: student.faceMorphed() };
}

/** Writes flow, colour and warped picture of a window, `[height, width, c]`, from pixel number `offset` of the targets on. */
function writeOutputs(
  student: WasmStudent,
  { top, left, height, width }: Crop,
  size: number,
  { gridChange, direct, warped }: Pick<TeacherFrames, 'gridChange' | 'direct' | 'warped'>,
  offset: number,
): void {
  const image = student.faceMorphed();
  const outputs = student.outputs();
  const half = size / 2;
  for (let row = top, to = offset; row < top + height; row++) {
    for (let column = left; column < left + width; column++, to++) {
      const from = (row * size + column) * 8;
      const flowX = outputs[from]!;
      const flowY = outputs[from + 1]!;
      gridChange[to * 2] = flowX;
      gridChange[to * 2 + 1] = flowY;
      for (let c = 0; c < 4; c++) direct[to * 4 + c] = outputs[from + 3 + c]!;
      sampleAt(image, size, column + flowX * half, row + flowY * half, warped, to * 4);
    }
  }
}
