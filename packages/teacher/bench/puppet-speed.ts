import { readFileSync } from 'node:fs';
import { decodePng, FRAME_SIZE, randomPose } from '@tha4/core';
import { createPuppet, posePuppet } from '../src/puppet/index.ts';

/** Prints what a frame of the puppet costs: CPU time of this process, as wall time tells of other work too. */
const read = (name: string) => decodePng(readFileSync(new URL(`../../demo-character/${name}`, import.meta.url)), name);
const cpuMs = (since?: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
};

const start = process.cpuUsage();
const puppet = createPuppet(read('character.png'), read('face_mask.png'));
console.log(`look at the picture: ${cpuMs(start).toFixed(0)} ms`);

const floats = (channels: number): Float32Array => new Float32Array(FRAME_SIZE ** 2 * channels);
const target = {
  index: 0,
  posed: floats(4),
  warped: floats(4),
  gridChange: floats(2),
  direct: floats(4),
  faceMorphed: floats(4),
};
let seed = 1;
const random = (): number => (seed = (seed * 48271) % 0x7fffffff) / 0x7fffffff;
const FRAMES = 50;
const rounds = Array.from({ length: 5 }, () => {
  const before = process.cpuUsage();
  for (let i = 0; i < FRAMES; i++) posePuppet(puppet, randomPose(random), target);
  return cpuMs(before) / FRAMES;
});
const median = rounds.sort((a, b) => a - b)[2]!;
console.log(
  `a frame in a random pose: ${median.toFixed(1)} ms of CPU, ${(1000 / median).toFixed(0)} a second on one core`,
);
