// A process that paints on Dawn, the WebGPU of Chromium, as Node has it from the package `webgpu`.
import { readCharacter } from '@tha4/core';
import type { Quality } from '../../src/quality.ts';
import { HALF_NUMBERS } from '../../src/webgpu/numbers.ts';
import { GPU_TUNING } from '../../src/webgpu/tuning.ts';
import { WebgpuRuntime } from '../../src/webgpu/webgpu-runtime.ts';

/** What the test asks for: a character's file in some poses, one after the other. */
export interface PaintRequest {
  readonly file: Uint8Array;
  readonly poses: readonly Float32Array[];
  /** Cut kernels for a GPU, whatever the adapter is. */
  readonly asOnGpu: boolean;
  /** What frames may leave out. */
  readonly quality: Quality;
  /** Numbers of 16 bits on Dawn's null backend, which knows everything, checks everything and paints nothing. */
  readonly checkHalf?: boolean;
}

/** What it answers. `adapter`: what there is, `null` for nothing; `frames` are in model space. */
export type PaintAnswer =
  | { readonly adapter: null }
  | {
      readonly adapter: string;
      readonly frames: readonly Float32Array[];
      readonly ms: readonly number[];
      readonly qualities: readonly Quality[];
    }
  | { readonly error: string };

/** Of the package, which declares all of WebGPU once more, only this is used. */
interface Dawn {
  readonly create: (options: readonly string[]) => GPU;
}

async function paint({ file, poses, asOnGpu, quality, checkHalf = false }: PaintRequest): Promise<PaintAnswer> {
  const packageName: string = 'webgpu';
  const { create } = (await import(packageName)) as Dawn;
  const gpu = create(checkHalf ? ['backend=null'] : []);
  if ((await gpu.requestAdapter()) === null) return { adapter: null };
  const precision = checkHalf ? 'half' : 'float';
  const tuning = checkHalf ? { ...GPU_TUNING, numbers: HALF_NUMBERS } : GPU_TUNING;
  const runtime = new WebgpuRuntime({ gpu, allowSoftware: true, precision }, asOnGpu ? tuning : null);
  const { choice } = await runtime.load(readCharacter(file, 'test'));
  await runtime.setQuality(quality);
  const frames: Float32Array[] = [];
  const qualities: Quality[] = [];
  const ms: number[] = [];
  for (const pose of poses) {
    const frame = await runtime.pose(pose);
    ms.push(frame.ms);
    qualities.push(frame.quality);
    frames.push(await runtime.readModel());
  }
  await runtime.dispose();
  return { adapter: choice, frames, ms, qualities };
}

process.once('message', async (request: PaintRequest) => {
  const answer = await paint(request).catch((error: Error): PaintAnswer => ({ error: error.stack ?? error.message }));
  process.send!(answer, () => process.exit());
});
