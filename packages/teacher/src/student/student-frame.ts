import type { WasmStudent } from '@tha4/student/wasm';
import type { TeacherFrames } from '../teacher.ts';
import { sampleAt } from '../warp/sample.ts';

/** Copies the student's last frame, and what it was blended of, to place `index` of a batch. */
export function writeStudentFrame(student: WasmStudent, frames: TeacherFrames, index: number): void {
  const { size, posed, warped, gridChange, direct, faceMorphed } = frames;
  const pixels = size * size;
  const image = student.faceMorphed();
  const outputs = student.outputs();
  posed.set(student.frame(), index * pixels * 4);
  faceMorphed.set(image, index * pixels * 4);
  const half = size / 2;
  for (let row = 0, pixel = 0; row < size; row++) {
    for (let column = 0; column < size; column++, pixel++) {
      const from = pixel * 8;
      const to = index * pixels + pixel;
      const flowX = outputs[from]!;
      const flowY = outputs[from + 1]!;
      gridChange[to * 2] = flowX;
      gridChange[to * 2 + 1] = flowY;
      for (let c = 0; c < 4; c++) direct[to * 4 + c] = outputs[from + 3 + c]!;
      sampleAt(image, size, column + flowX * half, row + flowY * half, warped, to * 4);
    }
  }
}
