// A page that does what a test asks: the functions of `harness` are called through the browser's remote control.
import { readCharacter } from '@tha4/core';
import { createStudentRuntime, type RuntimeName } from '../../../src/create-student-runtime.ts';
import type { StudentRuntime } from '../../../src/runtime.ts';
import { createWasmRuntime } from '../../../src/wasm/index.ts';
import { soakPoses } from '../../soak.ts';
import type { Order, Shown } from './player-worker.ts';

/** How a runtime did against the kernels of the CPU. */
export interface SoakReport {
  /** Largest difference of a byte, colours under an alpha of less than 16 left out. */
  readonly worst: number;
  /** The runtime's own count of its memory, after the first frames and at the end. */
  readonly before: number;
  readonly after: number;
}

const FIRST_FRAMES = 50;

const harness = {
  /** Paints random poses on a runtime and on the kernels. */
  async soak(url: string, name: RuntimeName, frames: number): Promise<SoakReport> {
    const character = readCharacter(await fetchBytes(url), url);
    const right = createWasmRuntime({ variant: 'plain', precision: 'float', cull: false, threads: 1 });
    const runtime = createStudentRuntime({ runtime: name });
    await right.load(character);
    await runtime.load(character);
    const nextPose = soakPoses();
    let worst = 0;
    let before = 0;
    for (let frame = 0; frame < frames; frame++) {
      const pose = nextPose();
      const [expected, actual] = [await pixels(right, pose), await pixels(runtime, pose)];
      worst = Math.max(worst, difference(expected, actual));
      if (frame === FIRST_FRAMES) before = (await runtime.memory()).bytes;
    }
    const after = (await runtime.memory()).bytes;
    await Promise.all([runtime.dispose(), right.dispose()]);
    return { worst, before, after };
  },

  /** Gives the page's canvas to a worker, in which everything runs, and looks at what is on it after each pose. */
  async playInWorker(url: string, poses: readonly (readonly number[])[]): Promise<WorkerReport[]> {
    const view = document.querySelector('canvas')!;
    const worker = new Worker(new URL('./player-worker.ts', import.meta.url), { type: 'module' });
    const tell = (order: Order, transfer: Transferable[] = []): void => worker.postMessage(order, transfer);
    const canvas = view.transferControlToOffscreen();
    tell({ kind: 'start', canvas, file: await fetchBytes(url) }, [canvas]);
    const reports: WorkerReport[] = [];
    for (const values of poses) {
      const { pixels, pace } = await answer(worker, () => tell({ kind: 'pose', values }));
      await new Promise(requestAnimationFrame); // what a worker draws is seen with the page's next repaint
      await new Promise(requestAnimationFrame);
      reports.push({ off: seenDifference(view, pixels), pace, first: [...pixels.subarray(0, 4096)] });
    }
    tell({ kind: 'hidden', hidden: true });
    const { pace } = await answer(worker, () => tell({ kind: 'pose', values: poses[0]! }));
    reports.push({ off: 0, pace, first: [] });
    worker.terminate();
    return reports;
  },
};

/** What a page saw of a worker's canvas. */
export interface WorkerReport {
  /** Largest difference of a byte to the worker's own pixels, over white. */
  readonly off: number;
  readonly pace: string;
  readonly first: readonly number[];
}

export type Harness = typeof harness;
Object.assign(window, { harness });

async function pixels(runtime: StudentRuntime, pose: Float32Array): Promise<Uint8Array | Uint8ClampedArray> {
  await runtime.pose(pose);
  return (await runtime.readPixels()).data;
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let worst = 0;
  for (let i = 0; i < a.length; i++) {
    if ((i & 3) === 3 || a[i | 3]! >= 16) worst = Math.max(worst, Math.abs(a[i]! - b[i]!));
  }
  return worst;
}

function answer(worker: Worker, ask: () => void): Promise<Shown> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<Shown>) => resolve(data);
    worker.onerror = (event) => reject(new Error(event.message));
    ask();
  });
}

/** Both over white, so that colours which nobody sees do not count. */
function seenDifference(view: HTMLCanvasElement, straight: Uint8Array): number {
  const { width, height } = view;
  const own = new OffscreenCanvas(width, height);
  own.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(straight), width, height), 0, 0);
  const seen = [view, own].map((canvas) => {
    const over = new OffscreenCanvas(width, height).getContext('2d')!;
    over.fillStyle = 'white';
    over.fillRect(0, 0, width, height);
    over.drawImage(canvas, 0, 0);
    return over.getImageData(0, 0, width, height).data;
  });
  return difference(seen[0]!, seen[1]!);
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
