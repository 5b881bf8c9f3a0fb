import type { RgbaImage } from '@tha4/core';
import { wrap } from 'comlink';
import type { PackedFormat } from './pack-frames.ts';
import type { Packing } from './pack-worker.ts';
import PackWorker from './pack-worker.ts?worker';

/**
 * Paints poses again, each as exactly as it can be, and packs the frames in a worker.
 *
 * @param paint gives a pose's frame
 * @param onProgress 0..1
 * @throws {DOMException} AbortError when `signal` aborts
 */
export async function paintTrack(
  poses: readonly Float32Array[],
  format: PackedFormat,
  paint: (pose: Float32Array) => Promise<RgbaImage>,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const worker = new PackWorker({ name: 'packing frames' });
  try {
    const packing = wrap<Packing>(worker);
    await packing.begin(format);
    let packed: Promise<void> = Promise.resolve();
    for (const [i, pose] of poses.entries()) {
      signal.throwIfAborted();
      const frame = await paint(pose);
      await packed; // one frame waits, so that slow packing holds painting back and not the memory
      packed = packing.add(frame);
      onProgress((i + 1) / poses.length);
    }
    await packed;
    signal.throwIfAborted();
    return (await packing.finish()) as Uint8Array<ArrayBuffer>;
  } finally {
    worker.terminate();
  }
}
