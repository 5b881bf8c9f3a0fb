import { ImageError, randomPose } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import { assertClose, seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../../core/test/small-character.ts';
import { sampleAt } from '../warp/sample.ts';
import { studentTeacher } from './student-teacher.ts';

const character = smallCharacter();
const SIZE = character.image.width;
const PIXELS = SIZE * SIZE;
const next = seededRandom(3);
const poses = Array.from({ length: 2 }, () => randomPose(() => next() / 2 ** 32));

describe('a character as a teacher', () => {
  it('paints what its student paints', async () => {
    const teacher = await studentTeacher(character).prepare(character.image, null);
    const { posed, count, size } = await teacher.pose(poses);
    expect([count, size]).toEqual([2, SIZE]);
    const student = await createWasmStudent(character, { cull: false });
    for (const [index, pose] of poses.entries()) {
      expect(posed.slice(index * PIXELS * 4, (index + 1) * PIXELS * 4)).toEqual(student.paint(pose).slice());
    }
    await teacher.dispose();
    await expect(teacher.pose(poses)).rejects.toThrow(/disposed/);
  });

  it('tells what a frame was blended of', async () => {
    const teacher = await studentTeacher(character).prepare(character.image, null);
    const { posed, warped, direct, gridChange, faceMorphed } = await teacher.pose(poses);
    const student = await createWasmStudent(character, { cull: false, keepOutputs: true });
    const out = new Float32Array(4);
    for (const [index, pose] of poses.entries()) {
      const picture = student.paintFace(pose);
      assertClose(faceMorphed.subarray(index * PIXELS * 4, (index + 1) * PIXELS * 4), picture, { atol: 0 });
      student.paint(pose);
      for (let pixel = 0; pixel < PIXELS; pixel++) {
        const at = index * PIXELS + pixel;
        const alpha = student.outputs()[pixel * 8 + 2]!;
        const [x, y] = [gridChange[at * 2]!, gridChange[at * 2 + 1]!];
        sampleAt(
          student.faceMorphed(),
          SIZE,
          (pixel % SIZE) + (x * SIZE) / 2,
          Math.floor(pixel / SIZE) + (y * SIZE) / 2,
          out,
          0,
        );
        for (let c = 0; c < 4; c++) {
          const [moved, painted] = [warped[at * 4 + c]!, direct[at * 4 + c]!];
          expect(moved).toBeCloseTo(out[c]!, 4);
          expect(posed[at * 4 + c]!).toBeCloseTo(moved + alpha * (painted - moved), 4);
        }
      }
    }
  });

  it('poses no other picture, and stops when it is told to', async () => {
    const other = { ...character.image, data: character.image.data.map((value) => 255 - value) };
    await expect(studentTeacher(character).prepare(other, null)).rejects.toThrow(ImageError);
    const teacher = await studentTeacher(character).prepare(character.image, null);
    const control = new AbortController();
    const painted = teacher.pose(
      Array.from({ length: 200 }, () => poses[0]!),
      control.signal,
    );
    control.abort();
    await expect(painted).rejects.toThrow(/abort/i);
  });
});
