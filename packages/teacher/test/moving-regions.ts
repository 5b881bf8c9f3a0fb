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

/** How much of what moves lies inside a mask, each 0 to 1. */
export interface MaskShares {
  /** Of the squared change, over all pixels. */
  readonly energy: number;
  /** Of the change of the pixels that move: by more than 0.1, and three times as much as under the group that moves them least. */
  readonly moving: number;
  /** Of the change of all pixels, what a student paints differently without meaning to included. */
  readonly raw: number;
}

/**
 * A student paints all of its face anew for each pose, so lines of hair and cloth flicker a little under any parameter.
 * What moves changes under its own parameters much more than under others.
 *
 * @param inside whether the mask holds the pixel at (row, column) of the face
 */
export function maskShares(
  { change, side }: MovingRegions,
  inside: (row: number, column: number) => boolean,
): MaskShares {
  const planes = [change.get('eyebrow')!, change.get('eye')!, change.get('iris')!, change.get('mouth')!];
  const share = (weight: (most: number, least: number) => number) => {
    let [within, all] = [0, 0];
    for (let i = 0; i < side * side; i++) {
      const [brow, eye, iris, mouth] = planes.map((plane) => plane[i]!) as [number, number, number, number];
      const groups = [brow, Math.max(eye, iris), mouth];
      const value = weight(Math.max(...groups), Math.min(...groups));
      all += value;
      if (inside(Math.floor(i / side), i % side)) within += value;
    }
    return within / all;
  };
  return {
    energy: share((most) => most * most),
    moving: share((most, least) => (most > 0.1 && most > 3 * least ? most : 0)),
    raw: share((most) => most),
  };
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
