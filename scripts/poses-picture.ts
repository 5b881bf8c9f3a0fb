// `npx tsx --conditions=@tha4/source scripts/poses-picture.ts`: the demo character as the puppet poses it, for the README.
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  cropImage,
  decodePng,
  encodePng,
  FRAME_SIZE,
  modelToImage,
  parsePose,
  pasteImage,
  type RgbaImage,
} from '../packages/core/src/index.ts';
import { puppetTeacher } from '../packages/teacher/src/index.ts';
import { ROOT } from './run.ts';

const POSES = [
  {},
  { eye_happy_wink: 1, mouth_raised_corner: 0.6, eyebrow_happy: 0.8, neck_z: 0.6, body_z: 0.3, head_x: 0.2 },
  { mouth_ooo: 0.9, eyebrow_raised: 1, eye_surprised: 0.5, head_x: 0.5, body_y: 0.5 },
  { eye_wink_left: 1, mouth_aaa: 0.6, eyebrow_happy: 0.6, head_y: -0.9, neck_z: -0.5, body_y: -0.8 },
  { eye_unimpressed: 0.7, mouth_smirk: 1, eyebrow_serious: 1, head_x: -0.3, head_y: 0.9, neck_z: 0.3, body_y: 0.8 },
];
/** Head and shoulders, pixels of a frame. */
const BUST = { top: 28, left: 126, width: 260, height: 262 };

const folder = resolve(ROOT, 'packages/demo-character');
const read = async (name: string) => decodePng(await readFile(resolve(folder, name)), name);
const teacher = await puppetTeacher().prepare(await read('character.png'), await read('face_mask.png'));
const { posed } = await teacher.pose(POSES.map((pose) => parsePose(pose)));
await teacher.dispose();

const length = FRAME_SIZE * FRAME_SIZE * 4;
const width = BUST.width * POSES.length;
let strip: RgbaImage = { width, height: BUST.height, data: new Uint8Array(width * BUST.height * 4) };
for (const index of POSES.keys()) {
  const frame = modelToImage(posed.subarray(index * length, (index + 1) * length), FRAME_SIZE, FRAME_SIZE);
  strip = pasteImage(strip, cropImage(frame, BUST), { top: 0, left: index * BUST.width });
}
await writeFile(resolve(ROOT, 'docs/aurelia.png'), encodePng(strip));
