import { isPosePreset, POSE_PARAMETERS, PoseError, parsePose, parsePoseText } from '@tha4/core';
import { UsageError } from '../errors.ts';
import { readText } from '../files/read-file.ts';
import { exists } from '../files/read-folder.ts';

/** A sequence of poses, and how fast to show it where the file says so. */
export interface PoseSequence {
  readonly poses: readonly Float32Array[];
  readonly fps: number | null;
}

const MAX_POSES = 100_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Reads `--pose`: a preset, `name=value,...`, JSON text, or a JSON file of one pose. @throws {UsageError | PoseError | FileError} */
export async function readPoseArgument(text: string): Promise<Float32Array> {
  const plain = !isPosePreset(text.trim()) && !/^\s*[[{]/.test(text);
  if (plain && (/\.json$/i.test(text) || (!text.includes('=') && (await exists(text))))) {
    return parsePose(await readJson(text), text);
  }
  try {
    return parsePoseText(text, '--pose');
  } catch (error) {
    throw error instanceof PoseError ? new UsageError(error.message) : error;
  }
}

/**
 * Reads `--poses`: a JSON array of poses, or `{ "fps": 24, "poses": [...] }`. A pose is 45 numbers, an object of names
 * and numbers, or text as `--pose` takes it.
 *
 * @throws {PoseError | FileError}
 */
export async function readPoseSequence(path: string): Promise<PoseSequence> {
  const json = await readJson(path);
  const { poses, fps = null } = (Array.isArray(json) ? { poses: json } : (json ?? {})) as Record<string, unknown>;
  if (!Array.isArray(poses) || poses.length === 0 || poses.length > MAX_POSES) {
    const got = Array.isArray(poses) ? `${poses.length} poses` : 'something else';
    throw new PoseError(
      `${path}: expected an array of 1 to ${MAX_POSES} poses, or { "fps": 24, "poses": [...] }, got ${got}`,
    );
  }
  if (fps !== null && !(typeof fps === 'number' && fps >= 1 && fps <= 240)) {
    throw new PoseError(`${path}: 'fps': expected a number from 1 to 240, got ${JSON.stringify(fps)}`);
  }
  // One number where a pose should be: the file is a single pose of 45 numbers.
  if (poses.every((pose) => typeof pose === 'number')) return { poses: [parsePose(poses, path)], fps };
  const read = poses.map((pose: unknown, index) => {
    const where = `${path}: pose ${index + 1}`;
    return typeof pose === 'string' ? parsePoseText(pose, where) : parsePose(pose, where);
  });
  return { poses: read, fps };
}

/** A line about values outside their range, which are painted as they are; `null` when there are none. */
export function describeOutliers(poses: readonly Float32Array[]): string | null {
  for (const [number, pose] of poses.entries()) {
    const outlier = POSE_PARAMETERS.find(({ index, min, max }) => pose[index]! < min || pose[index]! > max);
    if (outlier === undefined) continue;
    const which = poses.length > 1 ? `Pose ${number + 1}: ` : '';
    const { name, min, max, index } = outlier;
    return `${which}${name} is ${Number(pose[index]!.toPrecision(6))}, outside ${min} to ${max}: the student never learned that`;
  }
  return null;
}

async function readJson(path: string): Promise<unknown> {
  const text = await readText(path, MAX_BYTES);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PoseError(`${path}: expected JSON, got something else (${(cause as Error).message})`, { cause });
  }
}
