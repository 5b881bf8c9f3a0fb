import { PoseError } from '../errors.ts';
import { POSE_PARAMETERS, POSE_SIZE, type PoseParameter } from './parameters.ts';

/** The resting pose: 45 zeros, owned by the caller. */
export function neutralPose(): Float32Array {
  return new Float32Array(POSE_SIZE);
}

/**
 * Checks 45 numbers and copies them. Values outside their range pass: a network takes them, `clampPose` limits them.
 *
 * @param where names the place in errors
 * @throws {PoseError} when there are not 45, or one is not a finite number
 */
export function validatePose(values: ArrayLike<number>, where: string): Float32Array {
  if (values.length !== POSE_SIZE) {
    throw new PoseError(`${where}: expected ${POSE_SIZE} numbers, got ${values.length}; see the table of parameters`);
  }
  const pose = neutralPose();
  for (const { index, name } of POSE_PARAMETERS) pose[index] = checkValue(values[index], name, where);
  return pose;
}

/** Checks one value of a pose. @throws {PoseError} when it is not a number that float32 can hold */
export function checkValue(value: unknown, name: string, where: string): number {
  if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value;
  const got = typeof value === 'number' ? String(value) : value === null ? 'null' : `a ${typeof value}`;
  throw new PoseError(`${where}: '${name}': expected a finite number, got ${got}`);
}

/** A copy with every value limited to its parameter's range; NaN becomes 0. */
export function clampPose(pose: ArrayLike<number>): Float32Array {
  return mapPose((parameter) => clampValue(pose[parameter.index]!, parameter));
}

/**
 * The same pose in a mirror: left and right change places, and what turns about the vertical axis or in the picture
 * turns the other way (`head_y`, `neck_z`, `body_y`, `body_z`, `iris_rotation_y`). Twice gives the pose back.
 */
export function mirrorPose(pose: ArrayLike<number>): Float32Array {
  return mapPose(({ index, name, side }) => {
    if (side !== null) return pose[side === 'left' ? index + 1 : index - 1]!;
    return TURNS.has(name) && pose[index] !== 0 ? -pose[index]! : pose[index]!;
  });
}

/** `a` at t = 0, `b` at t = 1, a straight line between and beyond. */
export function interpolatePose(a: ArrayLike<number>, b: ArrayLike<number>, t: number): Float32Array {
  return mapPose(({ index }) => a[index]! * (1 - t) + b[index]! * t);
}

/** Whether all 45 values are the same; NaN is never the same. */
export function posesEqual(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return a.length === b.length && POSE_PARAMETERS.every(({ index }) => a[index] === b[index]);
}

/** The names and values that are not 0, in the order of the pose vector; what `parsePose` reads. */
export function formatPose(pose: ArrayLike<number>): Record<string, number> {
  const moved = POSE_PARAMETERS.filter(({ index }) => pose[index] !== 0);
  return Object.fromEntries(moved.map(({ index, name }) => [name, shortest(pose[index]!)]));
}

// Left and right are neighbours in the vector, left first.
const TURNS: ReadonlySet<string> = new Set(['head_y', 'neck_z', 'body_y', 'body_z', 'iris_rotation_y']);

function mapPose(value: (parameter: PoseParameter) => number): Float32Array {
  return Float32Array.from(POSE_PARAMETERS, value);
}

function clampValue(value: number, { min, max }: PoseParameter): number {
  return Number.isNaN(value) ? 0 : Math.min(Math.max(value, min), max);
}

/** The shortest decimal that is the same float32: 0.3, not 0.30000001192092896. */
function shortest(value: number): number {
  for (let digits = 1; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === Math.fround(value)) return short;
  }
  return value;
}
