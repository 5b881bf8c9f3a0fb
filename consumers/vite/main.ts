import '@tha4/element';
import { parsePose } from '@tha4/core';
import { createWorkerRuntime, fetchCharacter, StudentPlayer } from '@tha4/student';

document.querySelector('tha-character')!.addEventListener('frame', () => {
  document.body.dataset.element = 'painted';
});

const worker = new Worker(new URL('./student-worker.ts', import.meta.url), { type: 'module' });
const player = new StudentPlayer(createWorkerRuntime(worker), document.querySelector('canvas')!);
await player.load(await fetchCharacter('character.tha'));
player.setPose(parsePose({ head_y: 0.5, mouth_aaa: 1 }));
await player.settled();
document.body.dataset.player = String(player.stats().frames);
