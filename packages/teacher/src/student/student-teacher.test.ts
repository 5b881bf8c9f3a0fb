import { cropTensor, ImageError, randomPose } from '@tha4/core';
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

  it('paints a window of a frame as it paints the whole frame, in any order', async () => {
    const teacher = await studentTeacher(character, { cull: false }).prepare(character.image, null);
    const [one, other] = poses as [Float32Array, Float32Array];
    const sharing = Float32Array.from(other, (value, index) => (index < 39 ? one[index]! : value));
    const asked = [one, sharing, other, one];
    const whole = [];
    for (const pose of asked) whole.push(await teacher.pose([pose]));
    const window = { top: 8, left: 16, height: 24, width: 32 };
    for (const [index, pose] of asked.entries()) {
      const part = await teacher.window!(pose, window);
      for (const name of ['posed', 'warped', 'gridChange'] as const) {
        const channels = name === 'gridChange' ? 2 : 4;
        const frame = whole[index]![name];
        expect(
          Buffer.from(part[name].buffer).equals(Buffer.from(cropTensor(frame, [SIZE, SIZE, channels], window).buffer)),
        ).toBe(true);
      }
      assertClose(part.faceMorphed, whole[index]!.faceMorphed, { atol: 0 });
    }
    // Whole frames after windows are what they were.
    const { posed } = await teacher.pose([other]);
    assertClose(posed, whole[2]!.posed, { atol: 0 });
    await teacher.dispose();
    await expect(teacher.window!(one, window)).rejects.toThrow(/disposed/);
  });

  it('makes a map of what is visible where the character has none', async () => {
    const { visibleTiles: _, ...manifest } = { visibleTiles: null, ...character.manifest };
    const teacher = await studentTeacher({ ...character, manifest }).prepare(character.image, null);
    const all = await studentTeacher(character, { cull: false }).prepare(character.image, null);
    const [culled, whole] = [await teacher.pose(poses), await all.pose(poses)];
    for (let pixel = 0; pixel < 2 * PIXELS; pixel++) {
      const alpha = whole.posed[pixel * 4 + 3]!;
      if (alpha > -1 + 1 / 255) expect(culled.posed[pixel * 4 + 3]).toBe(alpha);
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
