import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { decodePng, FRAME_SIZE, STUDENT_FACE_CROP } from '@tha4/core';
import { bestVariant } from '@tha4/kernels';
import { sampledPoses } from '../src/distill/training-poses.ts';
import { createPuppet, type FrameTarget, posePuppet } from '../src/puppet/index.ts';
import { BodyTrainer, LITE, RECIPES, type TrainingFrame, updateAt } from '../src/training/index.ts';
import { writeStart } from '../src/training/start/start-file.ts';
import { relativeOf } from './figures.ts';

/**
 * Trains the generic start of the body network: one student over relatives of the demo character, posed by the puppet.
 * The demo character itself is not among them. Writes `starts/body-lite.safetensors`. An argument is another number of
 * updates.
 */
const UPDATES = Number(process.argv[2] ?? 8000);
const FIGURES = 24;
/** Frames at a time, and after how many updates the oldest one is replaced: few poses are seen often. */
const SLOTS = 240;
const FRESH_EVERY = 10;
const SEED = 1;
const TELL_EVERY = 500;

const read = (name: string) => decodePng(readFileSync(new URL(`../../demo-character/${name}`, import.meta.url)), name);
const file = new URL('../starts/body-lite.safetensors', import.meta.url);
const demo = { image: read('character.png'), mask: read('face_mask.png') };
const puppets = Array.from({ length: FIGURES }, (_, number) => {
  const { image, mask } = relativeOf(demo, number);
  return createPuppet(image, mask);
});

const poses = sampledPoses(SEED);
const floats = (channels: number): Float32Array => new Float32Array(FRAME_SIZE ** 2 * channels);
const target: FrameTarget = {
  index: 0,
  posed: floats(4),
  warped: floats(4),
  gridChange: floats(2),
  direct: floats(4),
  faceMorphed: floats(4),
};
const frame = (number: number): TrainingFrame => {
  const pose = poses(number);
  posePuppet(puppets[number % FIGURES]!, pose, target);
  return { ...target, pose };
};

const { body } = RECIPES.draft;
const trainer = await BodyTrainer.create({
  ...body,
  start: { lastScale: 0.1, lastBias: [0, 0, 0.02, 0, 0, 0, 0] },
  seed: SEED,
  slots: SLOTS,
  config: LITE.body,
  face: STUDENT_FACE_CROP,
  // There is no picture that all frames share: each keeps all of its own.
  image: floats(4).fill(-1),
  moved: { top: 0, left: 0, height: FRAME_SIZE, width: FRAME_SIZE },
  keepWarped: false,
  // Compared with no picture, all that is painted moves.
  sampling: { kind: 'patches', sizes: [{ cells: 2, patches: 256 }], painted: 0.55, moving: 0, face: 0.2, emphasis: 0 },
  exact: false,
  variant: bestVariant() ?? 'plain',
  threads: 1,
  createThread: null,
});
let frames = 0;
const feed = (): void => {
  trainer.put(frames % SLOTS, frame(frames));
  frames++;
};
while (frames < SLOTS) feed();
const save = (updates: number): void => {
  const about = new Map([
    ['name', 'generic body motion, lite'],
    ['licence', 'CC0-1.0'],
    ['made by', 'packages/teacher/start/make-start.ts'],
    ['teacher', 'puppet'],
    ['pictures', `${FIGURES} bent and recoloured relatives of the demo character, which is not among them`],
    ['frames', String(frames)],
    ['updates', String(updates)],
    ['seed', String(SEED)],
  ]);
  mkdirSync(new URL('./', file), { recursive: true });
  writeFileSync(file, writeStart({ network: 'body', config: LITE.body }, trainer.weights(), about));
};
let loss = 0;
for (let update = 1; update <= UPDATES; update++) {
  const step = await trainer.step(updateAt(body.schedule, (update - 1) / UPDATES));
  loss += (step.loss - loss) / Math.min(update, TELL_EVERY);
  if (update % FRESH_EVERY === 0) feed();
  if (update % TELL_EVERY !== 0 && update !== UPDATES) continue;
  console.log(`${update} of ${UPDATES} updates, ${frames} frames, loss ${loss.toFixed(5)}`);
  save(update);
}
trainer.dispose();
