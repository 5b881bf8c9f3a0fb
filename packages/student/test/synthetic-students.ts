import {
  type Character,
  FACE_POSE_SIZE,
  POSE_SIZE,
  readCharacter,
  type StudentConfig,
  writeCharacter,
} from '@tha4/core';
import { SMALL_STUDENT, smallCharacter } from '../../core/test/small-character.ts';
import { planStudent } from '../src/plan/student-plan.ts';
import { WasmStudent } from '../src/wasm/wasm-student.ts';

/** Small students whose shapes together take every path of a real one, and a few more. */
export const SYNTHETIC_STUDENTS: Readonly<Record<string, StudentConfig>> = {
  small: SMALL_STUDENT,
  // Odd widths, layers wider and narrower than those before, two sine layers at the end.
  odd: {
    face: { imageSize: 16, poseSize: 39, widths: [37, 131, 5] },
    body: {
      poseSize: 45,
      levels: [
        { size: 16, widths: [262, 90] },
        { size: 32, widths: [70, 133, 9] },
        { size: 64, widths: [33, 66, 21] },
      ],
    },
    faceTop: 12,
    faceLeft: 22,
  },
  // One level only, three sine layers after its first.
  flat: {
    face: { imageSize: 8, poseSize: 39, widths: [12] },
    body: { poseSize: 45, levels: [{ size: 24, widths: [40, 44, 20, 18] }] },
    faceTop: 3,
    faceLeft: 10,
  },
  // A last level too wide for registers.
  wide: {
    face: { imageSize: 8, poseSize: 39, widths: [9, 8] },
    body: {
      poseSize: 45,
      levels: [
        { size: 16, widths: [20] },
        { size: 32, widths: [30, 140] },
      ],
    },
    faceTop: 5,
    faceLeft: 9,
  },
};

/** Weights as a SIREN is initialised: wide layers of larger ones would turn rounding into another picture. */
export function syntheticCharacter(config: StudentConfig): Character {
  const made = smallCharacter(config);
  for (const [key, { shape, data }] of [...made.face, ...made.body]) {
    const scale = key.includes('last_linear') ? 0.2 : Math.sqrt(6 / shape[0]!) / 30;
    data.forEach((value, i) => {
      data[i] = value * 8 * scale; // they lie within +-1/8
    });
  }
  return made;
}

/** Makes a character's body deaf to the face's parameters, as ours distils them. */
export function withBlindBody(character: Character): Character {
  for (let level = 0; ; level++) {
    const first = character.body.get(`siren_layers.${level}.0.linear.weight`);
    if (first === undefined) return character;
    const [inputs, width] = first.shape as [number, number];
    const face = (inputs - POSE_SIZE) * width;
    first.data.fill(0, face, face + FACE_POSE_SIZE * width);
  }
}

/** One of `SYNTHETIC_STUDENTS`; or `blind`: `odd` with a body that does not see the face. */
function synthetic(name: string): Character {
  if (name === 'blind') return withBlindBody(syntheticCharacter(SYNTHETIC_STUDENTS.odd!));
  return syntheticCharacter(SYNTHETIC_STUDENTS[name]!);
}

/** All of them as files. */
export function syntheticFiles(): Map<string, Uint8Array> {
  const names = [...Object.keys(SYNTHETIC_STUDENTS), 'blind'];
  return new Map(names.map((name) => [`${name}.tha`, writeCharacter(synthetic(name))]));
}

/** A student on the CPU's kernels, which paints everything. */
export function cpuStudent(name: string): Promise<WasmStudent> {
  // From its file, as a page has it: what writing rounds is not the runtime's doing.
  const { config, face, body, image } = readCharacter(writeCharacter(synthetic(name)), name);
  const options = { variant: 'plain', tiles: null, threads: 1, createThread: null, keepOutputs: false } as const;
  return WasmStudent.create(config, planStudent(config, face, body), image, options);
}

/** A frame of it, `[size, size, 4]` in model space. */
export async function cpuFrame(name: string, pose: Float32Array): Promise<Float32Array> {
  return (await cpuStudent(name)).paint(pose).slice();
}

/** A frame `[size, size, 4]` without its outermost pixels, where the CPU's kernels enlarge beyond the border. */
export function innerPixels(frame: Float32Array, size: number): Float32Array {
  return frame.filter((_, i) => {
    const [row, column] = [Math.floor(i / 4 / size), Math.floor(i / 4) % size];
    return Math.min(row, column) >= 2 && Math.max(row, column) < size - 2;
  });
}

/**
 * Poses one after the other, and what a frame of `reuse` is in each: the first, the face moved a little, then far, then
 * little again, then the body moved.
 */
export function posesToReuse(first: Float32Array): readonly (readonly [Float32Array, 'exact' | 'reuse'])[] {
  const moved = (by: readonly (readonly [number, number])[]): Float32Array => {
    const pose = first.slice();
    for (const [index, more] of by) pose[index]! += more;
    return pose;
  };
  return [
    [first, 'exact'],
    [moved([[6, 0.05]]), 'reuse'],
    [moved([[12, 0.3]]), 'exact'],
    [moved([[12, 0.35]]), 'reuse'],
    [
      moved([
        [12, 0.35],
        [39, 0.05],
      ]),
      'exact',
    ],
  ];
}

/** Poses one after the other in which first the face moves alone, twice and far, then the body, then both. */
export function posesOfParts(first: Float32Array): readonly Float32Array[] {
  const poses = [first];
  for (const moved of [[6], [6, 12], [39], [40], [7, 41]]) {
    const pose = poses.at(-1)!.slice();
    for (const index of moved) pose[index]! += 0.3;
    poses.push(pose);
  }
  return poses;
}
