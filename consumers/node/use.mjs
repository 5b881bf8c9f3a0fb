// A Node program: Aurelia posed by the puppet, and a character read and painted by the CPU's kernels.
import { readFile, writeFile } from 'node:fs/promises';
import { decodePng, encodePng, modelToImage, parsePose } from '@tha4/core';
import { createPoseDriver } from '@tha4/pose-mapper';
import { puppetTeacher } from '@tha4/teacher';

const [picture, mask] = await Promise.all(
  ['character.png', 'face_mask.png'].map(async (name) =>
    decodePng(await readFile(new URL(import.meta.resolve(`@tha4/demo-character/${name}`))), name),
  ),
);
const puppet = await puppetTeacher().prepare(picture, mask);
const pose = parsePose({ head_y: 0.5, mouth_aaa: 1 });
const { posed, size } = await puppet.pose([pose]);
await puppet.dispose();
await writeFile('posed.png', encodePng(modelToImage(posed, size, size)));

const alive = createPoseDriver().pose(1000);
console.log(JSON.stringify({ size, alive: alive.length }));
