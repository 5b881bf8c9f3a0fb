import { FACE_POSE_SIZE, POSE_PARAMETERS, POSE_SIZE } from './parameters.ts';
import { neutralPose } from './pose.ts';

/** A source of uniform numbers in [0, 1), such as `Math.random` or a seeded one. */
export type Random = () => number;

/**
 * A plausible pose to train or test with. Each of eyebrows, eyes and mouth gets, per side, one shape (a quarter of the
 * poses, weight growing linearly in likelihood) or two (the second takes at most what the first leaves), so that the
 * weights of a group sum to at most 1. Irises rotate freely and are small in three quarters of the poses.
 *
 * Source: "Talking Head Anime from a Single Image 2", section 5.2.3, for the face. How the original draws head, body
 * and breathing is not known; here they are uniform over their ranges.
 */
export function randomPose(random: Random): Float32Array {
  const pose = neutralPose();
  for (const group of EXCLUSIVE) drawGroup(pose, group, random);
  const small = random() < 0.25 ? 0 : 1;
  for (const index of IRIS_SMALL) pose[index] = small * random();
  for (const index of FREE) pose[index] = uniform(random, POSE_PARAMETERS[index]!.min, POSE_PARAMETERS[index]!.max);
  return pose;
}

function drawGroup(pose: Float32Array, shapes: readonly (readonly number[])[], random: Random): void {
  const first = pick(shapes, random);
  if (random() < 0.25) {
    // The larger of two uniform numbers has the density that grows linearly from 0 to 1.
    for (const index of first) pose[index] = Math.max(random(), random());
    return;
  }
  const second = pick(
    shapes.filter((shape) => shape !== first),
    random,
  );
  const left = [0, 1].map(() => random());
  for (const [side, index] of first.entries()) pose[index] = left[side]!;
  // A shape without sides leaves room for the larger side of the other, or the same on both.
  const used =
    first.length === 2 && second.length === 2 ? left : left.map(() => Math.max(...left.slice(0, first.length)));
  for (const [side, index] of second.entries()) pose[index] = random() * (1 - used[side]!);
}

/** Shapes of the groups whose weights share a sum of 1: a shape is one index, or left and right. */
const EXCLUSIVE = (['eyebrow', 'eye', 'mouth'] as const).map((group) => {
  const bases = new Map<string, number[]>();
  for (const { base, index, group: own } of POSE_PARAMETERS) {
    if (own === group) bases.set(base, [...(bases.get(base) ?? []), index]);
  }
  return [...bases.values()];
});

const IRIS_SMALL = indicesOf((name) => name.startsWith('iris_small'));

/** Iris rotation, then head, body and breathing. */
const FREE = [
  ...indicesOf((name) => name.startsWith('iris_rotation')),
  ...Array.from({ length: POSE_SIZE - FACE_POSE_SIZE }, (_, i) => FACE_POSE_SIZE + i),
];

function indicesOf(matches: (name: string) => boolean): readonly number[] {
  return POSE_PARAMETERS.filter(({ name }) => matches(name)).map(({ index }) => index);
}

function pick<T>(items: readonly T[], random: Random): T {
  return items[Math.min(Math.floor(random() * items.length), items.length - 1)]!;
}

function uniform(random: Random, min: number, max: number): number {
  return min + random() * (max - min);
}
