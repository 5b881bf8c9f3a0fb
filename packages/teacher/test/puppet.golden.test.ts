import { type Character, neutralPose, POSE_PARAMETERS, type PoseParameter } from '@tha4/core';
import { createWasmStudent, type WasmStudent } from '@tha4/student/wasm';
import { describeShared } from '@tha4/test-utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreparedTeacher, puppetTeacher, studentTeacher, type TeacherFrames } from '../src/index.ts';
import { readSharedCharacter, readSharedMask } from './support/characters.ts';
import { flowLikeness, regionLikeness } from './support/likeness.ts';

const BODY = POSE_PARAMETERS.filter(({ category }) => category === 'body');

/** One side is enough, as the puppet is held to its mirror elsewhere: the left of one character, the right of the other. */
const sides = { lambda_00: 'left', lambda_01: 'right' } as const;

const extremes = ({ min, max }: PoseParameter): number[] => (min < 0 ? [max, min] : [max]);

describeShared('the puppet beside real students', () => {
  describe.each(['lambda_00', 'lambda_01'] as const)('%s', (name) => {
    let student: PreparedTeacher;
    let puppet: PreparedTeacher;
    let studentAtRest: TeacherFrames;
    let face: WasmStudent;
    let faceAtRest: Float32Array;
    let puppetAtRest: TeacherFrames;
    const table: string[] = [];

    beforeAll(async () => {
      const character: Character = readSharedCharacter(name);
      student = await studentTeacher(character).prepare(character.image, null);
      puppet = await puppetTeacher().prepare(character.image, readSharedMask(name));
      studentAtRest = await student.pose([neutralPose()]);
      face = await createWasmStudent(character);
      faceAtRest = face.paintFace(neutralPose()).slice();
      puppetAtRest = await puppet.pose([neutralPose()]);
    });

    afterAll(async () => {
      console.log(`${name}\n${table.join('\n')}`);
      await student.dispose();
      await puppet.dispose();
      face.dispose();
    });

    const posed = ({ index }: PoseParameter, value: number): Float32Array => {
      const pose = neutralPose();
      pose[index] = value;
      return pose;
    };

    it.each(
      BODY.flatMap((parameter) => extremes(parameter).map((value) => [parameter.name, value, parameter] as const)),
    )('moves head and body the same way: %s %d', async (label, value, parameter) => {
      const [theirs, ours] = await both(parameter, value);
      const { cosine, ratio, mean, pixels } = flowLikeness(theirs, studentAtRest, ours);
      table.push(
        `${label.padEnd(28)} ${String(value).padStart(2)}  cosine ${cosine.toFixed(3)}  length ${ratio.toFixed(2)} of ${mean.toFixed(1)} px over ${pixels} px`,
      );
      expect(cosine).toBeGreaterThan(0.7);
      expect(ratio).toBeGreaterThan(0.6);
      expect(ratio).toBeLessThan(1.6);
    });

    const parameters = POSE_PARAMETERS.filter(
      ({ category, side }) => category === 'face' && (side === null || side === sides[name]),
    );
    it.each(
      face.flatMap((parameter) => extremes(parameter).map((value) => [parameter.name, value, parameter] as const)),
    )('changes the same region of the face: %s %d', async (label, value, parameter) => {
      const [theirs, ours] = await both(parameter, value);
      const { studentSide, puppetSide, inside, covered } = regionLikeness(theirs, studentAtRest, ours, puppetAtRest);
      table.push(
        `${label.padEnd(28)} ${String(value).padStart(2)}  side ${puppetSide.toFixed(0)} (student ${studentSide.toFixed(0)})  inside ${inside.toFixed(2)}  covers ${covered.toFixed(2)}`,
      );
    });
  });
});
