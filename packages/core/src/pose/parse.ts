import { PoseError } from '../errors.ts';
import { nearestName } from './nearest-name.ts';
import { POSE_PARAMETERS } from './parameters.ts';
import { checkValue, neutralPose, validatePose } from './pose.ts';
import { isPosePreset, POSE_PRESETS, presetPose } from './presets.ts';

/**
 * Reads a pose: an array of 45 numbers, an object of names and numbers (what is not named is 0; a name without its
 * side, e.g. `eye_wink`, sets both), or JSON text of either.
 *
 * @param where names the place in errors
 * @returns 45 numbers, owned by the caller
 * @throws {PoseError} with the parameter that is wrong, and the nearest known name for an unknown one
 */
export function parsePose(input: unknown, where = 'pose'): Float32Array {
  const value = typeof input === 'string' ? parseJson(input, where) : input;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return validatePose(value as unknown as ArrayLike<number>, where);
  }
  if (typeof value !== 'object' || value === null) {
    throw new PoseError(`${where}: expected 45 numbers or an object of names and numbers, got ${describe(value)}`);
  }
  return poseOfEntries(Object.entries(value), where);
}

/**
 * Reads a pose as a person types it: the name of a preset, `name=value,name=value`, or JSON.
 *
 * @throws {PoseError}
 */
export function parsePoseText(text: string, where = 'pose'): Float32Array {
  const trimmed = text.trim();
  if (isPosePreset(trimmed)) return presetPose(trimmed);
  if (trimmed.startsWith('{') || trimmed.startsWith('[')) return parsePose(trimmed, where);
  if (!trimmed.includes('=')) {
    const near = nearestName(trimmed, POSE_PRESETS);
    throw new PoseError(
      `${where}: expected a preset (${POSE_PRESETS.join(', ')}), 'name=value,...' or JSON, got ${quote(trimmed)}${suggest(near)}`,
    );
  }
  return poseOfEntries(
    trimmed.split(',').map((part) => parseAssignment(part, where)),
    where,
  );
}

// Later entries win, and a name with its side wins over the one without, wherever they stand.
function poseOfEntries(entries: readonly (readonly [string, unknown])[], where: string): Float32Array {
  const pose = neutralPose();
  const sided: (readonly [number, number])[] = [];
  for (const [name, value] of entries) {
    const indices = INDICES.get(name);
    if (!indices) {
      const near = nearestName(name, INDICES.keys());
      throw new PoseError(`${where}: expected the name of a pose parameter, got ${quote(name)}${suggest(near)}`);
    }
    const number = checkValue(value, name, where);
    if (indices.length === 1) sided.push([indices[0]!, number]);
    else for (const index of indices) pose[index] = number;
  }
  for (const [index, number] of sided) pose[index] = number;
  return pose;
}

function parseAssignment(part: string, where: string): readonly [string, number] {
  const [name, text, ...more] = part.split('=').map((piece) => piece.trim());
  if (!name || !text || more.length > 0 || !DECIMAL.test(text)) {
    throw new PoseError(`${where}: expected 'name=value' with a decimal number, got ${quote(part.trim())}`);
  }
  return [name, Number(text)];
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** Name -> places in the vector: one for a full name, two for a base name whose parameter has sides. */
const INDICES: ReadonlyMap<string, readonly number[]> = new Map(
  POSE_PARAMETERS.flatMap(({ index, name, base, side }): [string, number[]][] =>
    side === 'left'
      ? [
          [name, [index]],
          [base, [index, index + 1]],
        ]
      : [[name, [index]]],
  ),
);

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PoseError(`${where}: expected JSON of 45 numbers or of names and numbers, got ${quote(text)}`, { cause });
  }
}

function describe(value: unknown): string {
  return value === null ? 'null' : `a ${typeof value}`;
}

/** A piece of a stranger's text for an error message, not too long. */
function quote(text: string): string {
  return `'${text.length > 40 ? `${text.slice(0, 40)}...` : text}'`;
}

function suggest(near: string | null): string {
  return near === null ? '' : `; did you mean '${near}'?`;
}
