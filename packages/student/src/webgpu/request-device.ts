import { BackendError } from '@tha4/core';
import { HALF_NUMBERS } from './numbers.ts';
import { GPU_TUNING, SOFTWARE_TUNING, SUBGROUP_TUNING, type Tuning } from './tuning.ts';

/** Which GPU to ask for. */
export interface DeviceOptions {
  /** Where WebGPU comes from; `null` takes the page's or worker's `navigator.gpu`. In Node pass the one of Dawn. */
  readonly gpu: GPU | null;
  /** What to choose where a machine has two; `null` leaves it to the browser. */
  readonly powerPreference: GPUPowerPreference | null;
  /** Take an adapter that a CPU emulates, too; the wasm runtime is faster there. */
  readonly allowSoftware: boolean;
  /**
   * `half` keeps weights and activations in 16 bits, where the adapter has `shader-f16`; sums stay floats. What it costs
   * is emulated (`docs/quality.md`); it has not run on hardware yet, so it is not chosen by itself.
   */
  readonly precision: 'float' | 'half';
}

/** A device, and what it runs on in a few words. */
export interface NamedDevice {
  readonly gpu: GPU;
  readonly device: GPUDevice;
  readonly name: string;
  /** How to cut kernels for it. */
  readonly tuning: Tuning;
}

/** Asks for a device with default limits. @throws {BackendError} when there is none to be had */
export async function requestDevice({
  gpu,
  powerPreference,
  allowSoftware,
  precision,
}: DeviceOptions): Promise<NamedDevice> {
  const source = gpu ?? (globalThis.navigator as Partial<Navigator> | undefined)?.gpu ?? null;
  if (source === null) {
    throw new BackendError(
      'webgpu: expected navigator.gpu, got none; it needs a recent browser and https or localhost',
    );
  }
  try {
    const adapter = await source.requestAdapter(powerPreference === null ? {} : { powerPreference });
    if (adapter === null) throw new BackendError('webgpu: expected a GPU that the browser may use, got none');
    const name = adapterName(adapter.info);
    const software = isSoftware(adapter);
    if (software && !allowSoftware) {
      throw new BackendError(`webgpu: expected a GPU, got a software adapter (${name}); wasm is faster there`);
    }
    if (precision === 'half' && !adapter.features.has('shader-f16')) {
      throw new BackendError(`webgpu: expected an adapter with shader-f16, got one without (${name}); use 'float'`);
    }
    const half = precision === 'half';
    const tuning = software ? softwareTuning(adapter, half) : GPU_TUNING;
    const requiredFeatures: GPUFeatureName[] = tuning === SUBGROUP_TUNING ? ['subgroups'] : [];
    if (half) requiredFeatures.push('shader-f16');
    const device = await adapter.requestDevice({ requiredFeatures });
    return { gpu: source, device, name, tuning: half ? { ...tuning, numbers: HALF_NUMBERS } : tuning };
  } catch (cause) {
    if (cause instanceof BackendError) throw cause;
    throw new BackendError(`webgpu: expected a device, got ${(cause as Error).message}`, { cause });
  }
}

function adapterName({ vendor, architecture, description }: GPUAdapterInfo): string {
  return [vendor, architecture].filter(Boolean).join(' ') || description || 'a GPU without a name';
}

/** Older browsers tell it on the adapter, and not all tell it of every software adapter. */
function isSoftware(adapter: GPUAdapter & { readonly isFallbackAdapter?: boolean }): boolean {
  const { vendor, architecture, device, description, isFallbackAdapter } = adapter.info;
  if (isFallbackAdapter || adapter.isFallbackAdapter) return true;
  const words = [vendor, architecture, device, description].join(' ');
  return /swiftshader|llvmpipe|lavapipe|software|basic render|\bwarp\b/i.test(words);
}

function softwareTuning({ features, info }: GPUAdapter, half: boolean): Tuning {
  if (half) return SOFTWARE_TUNING;
  const byFour = info.subgroupMinSize === 4 && info.subgroupMaxSize === 4;
  return byFour && features.has('subgroups') ? SUBGROUP_TUNING : SOFTWARE_TUNING;
}
