// A page that does what a test asks: the functions of `harness` are called through the browser's remote control.
import { type Character, fromFloat32, readCharacter, readCharacterParts, toFloat32 } from '@tha4/core';
import type { Quality } from '../../../src/quality.ts';
import type { Numbers } from '../../../src/webgpu/numbers.ts';
import { GPU_TUNING, SOFTWARE_TUNING, type Tuning } from '../../../src/webgpu/tuning.ts';
import { WebgpuRuntime } from '../../../src/webgpu/webgpu-runtime.ts';
import { breakEveryBuffer, deviceCount, gpu, loseLastDevice, refuseDevices, scopesAreClosed } from './devices.ts';

let runtime: WebgpuRuntime | null = null;
const view = document.querySelector('canvas')!;

/** How kernels are cut: for a GPU, for a CPU that emulates one, by the adapter; or as a page would. */
export type Kind = 'gpu' | 'software' | 'adapter' | 'rounding' | 'half' | 'refusing software';

/** What `HALF_NUMBERS` are, on an adapter that has no such numbers: floats, rounded where those would be. */
const ROUNDED_NUMBERS: Numbers = {
  directives: '',
  declarations: 'alias Four = vec4f;\nfn four(v: vec4f) -> Four {\n  return quantizeToF16(v);\n}',
  pack: (weights) => {
    const { bytes } = fromFloat32(weights, [weights.length], 'F16');
    return Float32Array.from(toFloat32({ dtype: 'F16', shape: [weights.length], bytes }, 'weights'));
  },
};

const TUNINGS: Record<Kind, Tuning | null> = {
  // One workgroup goes through many tiles: an emulated GPU needs long to begin with one.
  gpu: { ...GPU_TUNING, workgroups: 16 },
  software: SOFTWARE_TUNING,
  adapter: null,
  rounding: { ...GPU_TUNING, workgroups: 16, numbers: ROUNDED_NUMBERS },
  half: null,
  'refusing software': null,
};

/** What a test can ask of the page. Bytes come as base64. */
const harness = {
  create(kind: Kind): void {
    const precision = kind === 'half' ? 'half' : 'float';
    runtime = new WebgpuRuntime({ gpu, precision, allowSoftware: kind !== 'refusing software' }, TUNINGS[kind]);
  },
  async hasHalf(): Promise<boolean> {
    return (await gpu.requestAdapter())!.features.has('shader-f16');
  },
  /** @param folder address of the files, as the test serves them */
  async load(folder: string, files: readonly string[]): Promise<string> {
    const parts = files.map(async (file) => [file, await fetchBytes(`${folder}/${file}`)] as const);
    return place(readCharacterParts(new Map(await Promise.all(parts)), folder));
  },
  /** @param nudge added to one weight of the body */
  async loadFile(url: string, nudge = 0): Promise<string> {
    const character = readCharacter(await fetchBytes(url), url);
    character.body.get('siren_layers.0.0.linear.weight')!.data[0]! += nudge;
    return place(character);
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
    return base64(new Uint8Array((await live().readModel()).buffer as ArrayBuffer));
  },
  async pixels(): Promise<string> {
    return base64((await live().readPixels()).data);
  },
  /** Shows the frame on the page's canvas or on one that is in no page, over a colour, and reads what is seen. */
  async presented(background: string, offscreen: boolean): Promise<string> {
    const canvas = offscreen ? new OffscreenCanvas(8, 8) : view;
    await live().present(canvas);
    return seen(canvas, background);
  },
  /** The same through a 2d canvas and `putImageData`, which the runtime's own way has to equal. */
  async put(background: string): Promise<string> {
    const { data, width, height } = await live().readPixels();
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext('2d')!.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
    return seen(canvas, background);
  },
  async presentOn2d(): Promise<void> {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d');
    await live().present(canvas);
  },
  memory: () => live().memory(),
  info: () => live().info(),
  breakEveryBuffer,
  deviceCount,
  loseLastDevice,
  refuseDevices,
  scopesAreClosed,
  dispose: () => live().dispose(),
};

export type Harness = typeof harness;
Object.assign(window, { harness });

async function place(character: Character): Promise<string> {
  const start = performance.now();
  const info = await live().load(character);
  return `${info.choice}; ${Math.round(performance.now() - start)} ms`;
}

function seen(canvas: HTMLCanvasElement | OffscreenCanvas, background: string): string {
  const { width, height } = canvas;
  const over = new OffscreenCanvas(width, height).getContext('2d')!;
  over.fillStyle = background;
  over.fillRect(0, 0, width, height);
  over.drawImage(canvas, 0, 0);
  return base64(over.getImageData(0, 0, width, height).data);
}

function live(): WebgpuRuntime {
  if (runtime === null) throw new Error('harness: expected a runtime, got none; call create first');
  return runtime;
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
