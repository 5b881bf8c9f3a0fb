import { createStudentRuntime, fetchCharacter, type Quality, type RuntimeName } from '@tha4/student';
import { expose, transfer } from 'comlink';
import { OpenCharacters } from './characters.ts';
import type { OpenCharacter, PaintedFrame, StageWorker } from './protocol.ts';
import { RuntimePool } from './runtime-pool.ts';

const characters = new OpenCharacters(fetchCharacter);
const pool = new RuntimePool(() =>
  createStudentRuntime({
    // A worker's name is the one thing that its page can tell it before its first line runs.
    runtime: self.name as RuntimeName | 'auto',
    createThread: () => new Worker(new URL('./kernel-thread.ts', import.meta.url), { type: 'module' }),
  }),
);

const worker: StageWorker = {
  async open(address) {
    const { id, character } = await characters.open(address);
    const { width, height, data } = character.image;
    const resting = await createImageBitmap(new ImageData(new Uint8ClampedArray(data), width, height));
    const open: OpenCharacter = { id, name: character.manifest.name ?? null, size: width, resting };
    return transfer(open, [resting]);
  },
  async close(id) {
    if (characters.close(id)) await pool.drop(id);
  },
  async paint(id, pose, quality) {
    const { runtime, surface } = await pool.take(id, await characters.get(id));
    const { qualities, quality: set } = await runtime.info();
    const wanted = qualities.find((offered) => offered === quality) ?? 'exact';
    if (set !== wanted) await runtime.setQuality(wanted as Quality);
    const { ms, quality: painted } = await runtime.pose(pose);
    const { choice } = await runtime.info();
    const bitmap = await surface.take(runtime);
    if (bitmap === null) throw new Error('tha-character: expected OffscreenCanvas, got none; it needs a newer browser');
    const frame: PaintedFrame = { bitmap, ms, quality: painted, qualities, runtime: choice };
    return transfer(frame, [bitmap]);
  },
  async png(id, pose) {
    const { runtime } = await pool.take(id, await characters.get(id));
    await runtime.setQuality('exact');
    await runtime.pose(pose);
    const { width, height, data } = await runtime.readPixels();
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
    return canvas.convertToBlob({ type: 'image/png' });
  },
  async counts() {
    return { characters: characters.size, runtimes: pool.size };
  },
};

expose(worker);
