import { BackendError } from '@tha4/core';

export type Ort = typeof import('onnxruntime-node');

/**
 * Loads onnxruntime-node, an optional peer of this package.
 *
 * @throws {BackendError} in one line where it is not installed or does not start
 */
export async function loadOrt(): Promise<Ort> {
  try {
    const ort = await import('onnxruntime-node');
    // Its own lines about providers that do not start say in ten lines what one of ours says.
    ort.env.logLevel = 'fatal';
    return ort;
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND';
    const why = missing ? 'it is not installed; npm install onnxruntime-node' : String((cause as Error).message);
    throw new BackendError(`onnxruntime-node: ${why.split('\n')[0]}`, { cause });
  }
}
