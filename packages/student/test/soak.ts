import { type Random, randomPose, type StudentConfig, writeCharacter } from '@tha4/core';
import { syntheticCharacter } from './synthetic-students.ts';

/** Small enough for thousands of frames, and with something to leave out of each. */
const CONFIG: StudentConfig = {
  face: { imageSize: 8, poseSize: 39, widths: [12, 10] },
  body: {
    poseSize: 45,
    levels: [
      { size: 8, widths: [12] },
      { size: 16, widths: [12, 10] },
      { size: 32, widths: [10, 9] },
    ],
  },
  faceTop: 6,
  faceLeft: 12,
};

/** The character of the soak, as a file. Its colour is transparent, so it is seen only where its picture is. */
export function soakFile(): Uint8Array {
  const made = syntheticCharacter(CONFIG);
  for (const [part, value] of [
    ['weight', 0],
    ['bias', -1],
  ] as const) {
    const { data } = made.body.get(`last_linear.${part}`)!;
    for (let i = 6; i < data.length; i += 7) data[i] = value;
  }
  return writeCharacter(made);
}

/** Seeded plausible poses, one after the other. */
export function soakPoses(seed = 1): () => Float32Array {
  let state = seed >>> 0;
  const random: Random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  let index = 0;
  let last: Float32Array = new Float32Array(45);
  return () => {
    const pose = randomPose(random);
    // The body rests for four poses, as in a character that talks.
    if (index++ % 4 !== 0) pose.set(last.subarray(39), 39);
    last = pose;
    return pose;
  };
}
