import {
  bodyMorpherSpec,
  type Character,
  FACE_POSE_SIZE,
  neutralPose,
  POSE_PARAMETERS,
  type PoseGroup,
  readCharacterParts,
  type StudentConfig,
} from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import { listShared, readShared } from '@tha4/test-utils';

/** The published characters. */
export const CHARACTERS: readonly string[] = [
  'lambda_00',
  'lambda_01',
  'lambda_chan',
  'lambda_san',
  'koakuma_mei',
  'ponytail_girl',
  'touhoku_itako',
  'touhoku_kiritan',
  'touhoku_zunko',
  'yukiwarisou_no_majo',
];

/** What moves in the face when a character's student is posed. */
export interface MovingRegions {
  /** Largest change of any channel from the resting face over all poses of a group, `[side, side]`, in [0, 2]. */
  readonly change: ReadonlyMap<PoseGroup, Float32Array>;
  /** Side of the face, pixels. */
  readonly side: number;
}

/** Reads a published character. */
export function readPublished(name: string): Character {
  const parts = new Map(
    listShared(`characters/${name}`).map((file) => [file, readShared(`characters/${name}/${file}`)]),
  );
  return readCharacterParts(parts, name);
}

/** Poses each parameter of the face alone to both of its ends, and compares with the face at rest. */
export async function movingRegions(character: Character): Promise<MovingRegions> {
  const student = await createWasmStudent(faceAlone(character));
  try {
    const side = character.config.face.imageSize;
    const rest = student.paint(neutralPose()).slice();
    const change = new Map<PoseGroup, Float32Array>();
    for (const { index, group, min, max } of POSE_PARAMETERS.slice(0, FACE_POSE_SIZE)) {
      const largest = change.get(group) ?? new Float32Array(side * side);
      change.set(group, largest);
      for (const value of min < 0 ? [min, max] : [max]) {
        const pose = neutralPose();
        pose[index] = value;
        keepLargest(largest, student.paint(pose), rest);
      }
    }
    return { change, side };
  } finally {
    student.dispose();
  }
}

/** Whether a pixel moves under any face parameter, by more than what a student paints differently without meaning to. */
export function movingPixels({ change, side }: MovingRegions, threshold: number): Uint8Array {
  const moving = new Uint8Array(side * side);
  for (const largest of change.values()) {
    for (let i = 0; i < moving.length; i++) if (largest[i]! > threshold) moving[i] = 1;
  }
  return moving;
}

function keepLargest(largest: Float32Array, frame: Float32Array, rest: Float32Array): void {
  for (let i = 0; i < largest.length; i++) {
    for (let c = 0; c < 4; c++) largest[i] = Math.max(largest[i]!, Math.abs(frame[i * 4 + c]! - rest[i * 4 + c]!));
  }
}

/** The same face in a picture of its own size, under a body that does nothing: the frame is the face's output. */
function faceAlone(character: Character): Character {
  const { imageSize } = character.config.face;
  const body = { poseSize: 45, levels: [{ size: imageSize, widths: [4] }] };
  const config: StudentConfig = { face: character.config.face, body, faceTop: 0, faceLeft: 0 };
  const zeros = [...bodyMorpherSpec(body)].map(
    ([key, shape]) => [key, { shape, data: new Float32Array(shape.reduce((a, b) => a * b, 1)) }] as const,
  );
  const image = { width: imageSize, height: imageSize, data: new Uint8Array(imageSize * imageSize * 4) };
  const { visibleTiles: _, ...manifest } = character.manifest;
  return { ...character, manifest, config, image, body: new Map(zeros) };
}
