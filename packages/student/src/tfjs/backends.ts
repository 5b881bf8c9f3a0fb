import * as tf from '@tensorflow/tfjs-core';
import { BackendError } from '@tha4/core';

/** tfjs backends that can run a student. */
export type TfjsBackend = 'webgl' | 'wasm' | 'cpu';

/** Where the wasm backend's binaries are, by file name; what `setWasmPaths` takes. */
export type WasmPaths = string | Readonly<Record<string, string>>;

/**
 * Makes a backend tfjs's current one, loading its code first. A backend whose device was lost is built anew.
 *
 * @throws {BackendError} when it cannot run here
 */
export async function startBackend(
  backend: TfjsBackend,
  wasmPaths: WasmPaths | null,
  allowSoftwareGpu: boolean,
): Promise<void> {
  try {
    await importBackend(backend, wasmPaths);
    if (backend === 'webgl') rebuildIfLost();
    if (!(await tf.setBackend(backend))) throw new Error('it could not be initialised');
    await tf.ready();
  } catch (cause) {
    throw new BackendError(`tfjs ${backend}: expected it to start, got ${(cause as Error).message}`, { cause });
  }
  const renderer = backend === 'webgl' && !allowSoftwareGpu ? softwareRenderer() : null;
  if (renderer !== null) {
    throw new BackendError(`tfjs webgl: expected a GPU, got a software renderer (${renderer}), slower than wasm`);
  }
}

/** Whether the device behind a backend is gone. Only a GPU can be lost. */
export function isBackendLost(backend: TfjsBackend): boolean {
  return backend === 'webgl' && (webglContext()?.isContextLost() ?? false);
}

async function importBackend(backend: TfjsBackend, wasmPaths: WasmPaths | null): Promise<void> {
  switch (backend) {
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      return;
    case 'wasm': {
      const wasm = await import('@tensorflow/tfjs-backend-wasm');
      if (wasmPaths !== null && tf.findBackend('wasm') == null) wasm.setWasmPaths(wasmPaths as string);
      return;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
  }
}

/** tfjs keeps a backend for ever, so one with a dead context has to be removed before it can start again. */
function rebuildIfLost(): void {
  if (!isBackendLost('webgl')) return;
  const factory = tf.findBackendFactory('webgl');
  tf.removeBackend('webgl');
  tf.registerBackend('webgl', factory, 2);
}

function webglContext(): WebGLRenderingContext | null {
  const backend = tf.findBackend('webgl') as { gpgpu?: { gl?: WebGLRenderingContext } } | null;
  return backend?.gpgpu?.gl ?? null;
}

/** Name of the renderer where it is known to run on the CPU, else `null`. */
function softwareRenderer(): string | null {
  const gl = webglContext();
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  if (!gl || !info) return null;
  const renderer = String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL));
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer) ? renderer : null;
}
