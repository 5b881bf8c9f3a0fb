import { type Character, encodePng, parsePose, presetPose, type RgbaImage } from '@tha4/core';
import { createPainter, type EngineChoice, paintImage } from '../render/painter.ts';

/** At rest, smiling, turned: what one looks at first. */
const POSES: readonly Float32Array[] = [
  presetPose('neutral'),
  presetPose('smile'),
  parsePose({ head_y: -0.6, head_x: 0.2, neck_z: 0.3, body_y: -0.4, eye_wink_left: 1, mouth_aaa: 0.7 }),
];

/** Three poses of the finished character side by side, as a PNG. */
export async function proofPicture(character: Character, choice: EngineChoice): Promise<Uint8Array> {
  const painter = await createPainter(character, choice, () => {});
  try {
    const frames: RgbaImage[] = [];
    for (const pose of POSES) frames.push(await paintImage(painter, character, pose));
    return encodePng(sideBySide(frames));
  } finally {
    await painter.dispose();
  }
}

/** @param frames of the same size */
function sideBySide(frames: readonly RgbaImage[]): RgbaImage {
  const { width, height } = frames[0]!;
  const data = new Uint8Array(width * frames.length * height * 4);
  for (const [index, frame] of frames.entries()) {
    for (let row = 0; row < height; row++) {
      const line = frame.data.subarray(row * width * 4, (row + 1) * width * 4);
      data.set(line, (row * frames.length + index) * width * 4);
    }
  }
  return { width: width * frames.length, height, data };
}
