// A page that does what a test asks: the functions of `harness` are called through the browser's remote control.
import { readCharacter, readCharacterParts } from '@tha4/core';
import { createTfjsRuntime } from '@tha4/student/tfjs';
import type { Quality } from '../../../src/quality.ts';
import type { StudentRuntime } from '../../../src/runtime.ts';
import { WebglRuntime } from '../../../src/webgl/webgl-runtime.ts';
import { contexts, loseLastContext } from './contexts.ts';
import type { WorkerRequest } from './worker.ts';

let runtime: StudentRuntime | null = null;
const view = document.querySelector('canvas')!;

/** How the runtime under test is made. */
export interface Setup {
  readonly precision?: 'float' | 'half';
  readonly cut?: 'auto' | 'gpu' | 'software';
  readonly allowSoftware?: boolean;
  /** Draw to the page's canvas directly. */
  readonly ownCanvas?: boolean;
}

/** What a test can ask of the page. Bytes come as base64. */
const harness = {
  create({ precision = 'float', cut = 'auto', allowSoftware = true, ownCanvas = false }: Setup = {}): void {
    runtime = new WebglRuntime({ precision, cut, allowSoftware, canvas: ownCanvas ? view : null });
  },
  createTfjs(): void {
    runtime = createTfjsRuntime({ backend: 'webgl', allowSoftwareGpu: true });
  },
  /** A character of one file. */
  async loadFile(url: string): Promise<string> {
    return (await live().load(readCharacter(await fetchBytes(url), url))).choice;
  },
  /** A character of several files; `nudge` is added to one of its weights. */
  async loadFolder(folder: string, files: readonly string[], nudge = 0): Promise<string> {
    const parts = files.map(async (file) => [file, await fetchBytes(`${folder}/${file}`)] as const);
    const character = readCharacterParts(new Map(await Promise.all(parts)), folder);
    character.body.get('siren_layers.1.1.linear.weight')!.data[1000]! += nudge;
    return (await live().load(character)).choice;
  },
  async pose(values: readonly number[]): Promise<number> {
    return (await live().pose(Float32Array.from(values))).ms;
  },
  setQuality: (quality: Quality) => live().setQuality(quality),
  /** Paints, and says what the frame is. */
  async qualityOf(values: readonly number[]): Promise<Quality> {
    return (await live().pose(Float32Array.from(values))).quality;
  },
  async model(): Promise<string> {
    return base64(new Uint8Array((await (live() as WebglRuntime).readModel()).buffer as ArrayBuffer));
  },
  async pixels(): Promise<string> {
    return base64((await live().readPixels()).data);
  },
  /** Shows the frame on the page's canvas and reads that canvas. */
  async presented(): Promise<string> {
    await live().present(view);
    return base64(shown());
  },
  /** The same through a 2d canvas and `putImageData`, which the runtime's own way has to equal. */
  async put(): Promise<string> {
    const { data, width, height } = await live().readPixels();
    const copy = new OffscreenCanvas(width, height).getContext('2d')!;
    copy.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
    return base64(copy.getImageData(0, 0, width, height).data);
  },
  /** One frame of a worker, which draws to this page's canvas; its pixels, then the canvas's. */
  async inWorker(url: string, pose: readonly number[]): Promise<[string, string]> {
    const canvas = view.transferControlToOffscreen();
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
    const pixels = new Promise<Uint8Array>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data as Uint8Array);
      worker.onerror = (event) => reject(new Error(event.message));
    });
    worker.postMessage({ file: await fetchBytes(url), pose, canvas } satisfies WorkerRequest, [canvas]);
    const data = await pixels;
    // What the worker drew arrives with a later repaint, its size first; how much later, a busy machine decides.
    for (let frame = 0; frame < 300 && view.width ** 2 * 4 !== data.length; frame++) await nextRepaint();
    for (let frame = 0; frame < 2; frame++) await nextRepaint();
    return [base64(data), base64(shown())];
  },
  memory: () => live().memory(),
  info: () => live().info(),
  contexts: () => contexts.length,
  /** @param restoreAfterMs when the context may come back; `null` for never */
  loseContext: loseLastContext,
  dispose: () => live().dispose(),
};

export type Harness = typeof harness;
Object.assign(window, { harness });

function live(): StudentRuntime {
  if (runtime === null) throw new Error('harness: expected a runtime, got none; call create first');
  return runtime;
}

function nextRepaint(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}

/** What the page's canvas shows. */
function shown(): Uint8ClampedArray {
  const { width, height } = view;
  const copy = new OffscreenCanvas(width, height).getContext('2d')!;
  copy.drawImage(view, 0, 0);
  return copy.getImageData(0, 0, width, height).data;
}

async function fetchBytes(url: string): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`GET ${url}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function base64(bytes: Uint8Array | Uint8ClampedArray): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
