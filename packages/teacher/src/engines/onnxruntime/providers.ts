import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { EngineName } from '../engine.ts';

/** An execution provider of onnxruntime. */
export interface Provider {
  readonly name: Extract<EngineName, 'cuda' | 'directml' | 'coreml' | 'webgpu' | 'cpu'>;
  /** As onnxruntime calls it. */
  readonly id: string;
  /** For people. */
  readonly words: string;
}

/** Best first. */
export const PROVIDERS: readonly Provider[] = [
  { name: 'cuda', id: 'cuda', words: 'CUDA' },
  { name: 'directml', id: 'dml', words: 'DirectML' },
  { name: 'coreml', id: 'coreml', words: 'CoreML' },
  { name: 'webgpu', id: 'webgpu', words: 'WebGPU' },
  { name: 'cpu', id: 'cpu', words: 'the CPU' },
];

/** A provider that this build of onnxruntime has; `bundled` ones need no further file. */
export interface BuiltInProvider {
  readonly name: string;
  readonly bundled: boolean;
}

/**
 * What stands in the way of a provider, as far as one can tell without starting it; `null` for nothing. Starting one
 * that cannot work makes it print pages of its own.
 */
export function obstacle({ name, id, words }: Provider, builtIn: readonly BuiltInProvider[]): string | null {
  const known = builtIn.find((each) => each.name === id);
  if (known === undefined) return `onnxruntime-node has no ${words} on ${process.platform}-${process.arch}`;
  if (name === 'cuda' && process.platform === 'linux' && !existsSync('/dev/nvidiactl') && !existsSync('/dev/dxg')) {
    return 'no NVIDIA device';
  }
  if (name === 'webgpu' && process.platform === 'linux') return vulkanObstacle();
  return null;
}

const SOFTWARE = /(lvp|swiftshader|llvmpipe)/i;

/** WebGPU runs on Vulkan on Linux. Drivers that compute on the CPU are no help: the CPU provider is much faster. */
function vulkanObstacle(): string | null {
  const drivers = vulkanDrivers();
  if (drivers.length === 0) return 'no Vulkan driver';
  if (drivers.every((file) => SOFTWARE.test(file))) return 'only a Vulkan driver that computes on the CPU';
  const devices = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg', '/dev/kgsl-3d0', '/dev/mali0'];
  return devices.some((path) => existsSync(path)) ? null : 'no graphics device';
}

function vulkanDrivers(): string[] {
  const { VK_DRIVER_FILES, VK_ICD_FILENAMES, XDG_DATA_HOME } = process.env;
  const named = VK_DRIVER_FILES ?? VK_ICD_FILENAMES;
  if (named !== undefined && named !== '') return named.split(':').filter((path) => existsSync(path));
  const data = XDG_DATA_HOME ?? join(homedir(), '.local', 'share');
  return ['/etc', '/usr/share', '/usr/local/share', '/usr/local/etc', data].flatMap((root) => {
    const folder = join(root, 'vulkan', 'icd.d');
    return existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];
  });
}
