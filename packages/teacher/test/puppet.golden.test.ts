import { neutralPose, POSE_PARAMETERS, type PoseParameter, poseParameter } from '@tha4/core';
import { createWasmStudent, type WasmStudent } from '@tha4/student/wasm';
import { describeShared } from '@tha4/test-utils';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PreparedTeacher, puppetTeacher, studentTeacher, type TeacherFrames } from '../src/index.ts';
import { readSharedCharacter, readSharedMask } from './support/characters.ts';
import { flowLikeness, regionLikeness } from './support/likeness.ts';

/** One side is enough, as the puppet is held to its mirror elsewhere: the left of one character, the right of the other. */
const SIDES = { lambda_00: 'left', lambda_01: 'right' } as const;

/**
 * Least share of a student's change that the puppet changes too. Students change more than what they should (hair over
 * a brow, the whole jaw), and lambda_00's closes its mouth at rest, where the puppet keeps the picture's.
 */
const COVERED: Readonly<Record<string, number>> = { eyebrow: 0.15, eye: 0.6, iris: 0.8, mouth: 0.3 };

/** [label, value, parameter] of every extreme. */
function extremes(parameters: readonly PoseParameter[]): [string, number, PoseParameter][] {
  return parameters.flatMap((parameter) =>
    (parameter.min < 0 ? [1, -1] : [1]).map((value): [string, number, PoseParameter] => [
      parameter.name,
      value,
      parameter,
    ]),
  );
}

const isCorner = ({ base }: PoseParameter): boolean => base.endsWith('_corner');

function poseOf({ index }: PoseParameter, value: number): Float32Array {
  const pose = neutralPose();
  pose[index] = value;
  return pose;
}

describeShared('the puppet beside real students', () => {
  describe.each(['lambda_00', 'lambda_01'] as const)('%s', (name) => {
    let student: PreparedTeacher;
    let studentAtRest: TeacherFrames;
    let face: WasmStudent;
    let faceAtRest: Float32Array;
    let puppet: PreparedTeacher;
    let puppetAtRest: TeacherFrames;
    const table: string[] = [];

    beforeAll(async () => {
      const character = readSharedCharacter(name);
      student = await studentTeacher(character, { cull: false }).prepare(character.image, null);
      studentAtRest = await student.pose([neutralPose()]);
      face = await createWasmStudent(character);
      faceAtRest = face.paintFace(neutralPose()).slice();
      puppet = await puppetTeacher().prepare(character.image, readSharedMask(name));
      puppetAtRest = await puppet.pose([neutralPose()]);
    });

    afterAll(async () => {
      console.log(`${name}\n${table.join('\n')}`);
      await student.dispose();
      face.dispose();
      await puppet.dispose();
    });

    const note = (label: string, value: number, text: string): void => {
      table.push(`${label.padEnd(29)} ${String(value).padStart(2)}  ${text}`);
    };

    it.each(extremes(POSE_PARAMETERS.filter(({ category }) => category === 'body')))(
      'moves head and body the same way: %s %d',
      async (label, value, parameter) => {
        const pose = poseOf(parameter, value);
        const theirs = await student.pose([pose]);
        const { cosine, ratio, mean, pixels } = flowLikeness(theirs, studentAtRest, await puppet.pose([pose]));
        const length = `length ${ratio.toFixed(2)} of ${mean.toFixed(1)} px over ${pixels} px`;
        note(label, value, `cosine ${cosine.toFixed(3)}  ${length}`);
        expect(cosine).toBeGreaterThan(0.7);
        expect(ratio).toBeGreaterThan(0.6);
        expect(ratio).toBeLessThan(1.6);
      },
    );

    it.each(
      extremes(
        POSE_PARAMETERS.filter(
          (p) => p.category === 'face' && !isCorner(p) && (p.side === null || p.side === SIDES[name]),
        ),
      ),
    )('changes the same region of the face: %s %d', async (label, value, parameter) => {
      const pose = poseOf(parameter, value);
      const ours = await puppet.pose([pose]);
      const likeness = regionLikeness(face.paintFace(pose), faceAtRest, ours.faceMorphed, puppetAtRest.faceMorphed);
      const { studentSide, puppetSide, inside, covered, largest } = likeness;
      const side = `side ${puppetSide.toFixed(0)} (student ${studentSide.toFixed(0)})`;
      note(label, value, `${side}  inside ${inside.toFixed(2)}  covers ${covered.toFixed(2)} of ${largest.toFixed(2)}`);
      if (parameter.side !== null) {
        // The character's left is on the right of the picture.
        expect(Math.sign(puppetSide)).toBe(parameter.side === 'left' ? 1 : -1);
      }
      expect(inside).toBeGreaterThan(0.75);
      expect(covered).toBeGreaterThan(COVERED[parameter.group]!);
    });

    it.each(extremes(POSE_PARAMETERS.filter((p) => isCorner(p) && p.side === SIDES[name])))(
      'changes the mouth: %s %d',
      async (label, value, parameter) => {
        // These two students hardly move a corner, so the region of an open mouth has to do.
        const theirs = face.paintFace(poseOf(poseParameter('mouth_aaa')!, 1));
        const ours = await puppet.pose([poseOf(parameter, value)]);
        const likeness = regionLikeness(theirs, faceAtRest, ours.faceMorphed, puppetAtRest.faceMorphed);
        note(
          label,
          value,
          `side ${likeness.puppetSide.toFixed(0)}  inside the open mouth ${likeness.inside.toFixed(2)}`,
        );
        expect(Math.sign(likeness.puppetSide)).toBe(parameter.side === 'left' ? 1 : -1);
        expect(likeness.inside).toBeGreaterThan(0.75);
      },
    );

    it('would notice the other side', async () => {
      const [left, right] = ['eye_wink_left', 'eye_wink_right'].map((side) => poseOf(poseParameter(side)!, 1));
      const other = await puppet.pose([right!]);
      const { inside } = regionLikeness(face.paintFace(left!), faceAtRest, other.faceMorphed, puppetAtRest.faceMorphed);
      expect(inside).toBeLessThan(0.1);
    });
  });
});
