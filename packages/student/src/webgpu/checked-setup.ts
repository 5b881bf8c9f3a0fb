import { BackendError } from '@tha4/core';

const FILTERS: readonly GPUErrorFilter[] = ['validation', 'out-of-memory', 'internal'];

/**
 * Runs what creates things on a device, and turns the errors that WebGPU keeps to itself into exceptions. Nothing else
 * may use the device meanwhile.
 *
 * @param where what is set up, for the message
 * @throws {BackendError} with the device's own words
 */
export async function checkedSetup<R>(device: GPUDevice, where: string, setup: () => Promise<R>): Promise<R> {
  for (const filter of FILTERS) device.pushErrorScope(filter);
  const [result] = await Promise.allSettled([setup()]);
  const scopes = await Promise.allSettled(FILTERS.map(() => device.popErrorScope()));
  const messages = scopes.flatMap((scope) =>
    scope.status === 'fulfilled' && scope.value ? [scope.value.message] : [],
  );
  if (result.status === 'fulfilled' && messages.length === 0) return result.value;
  const cause: unknown = result.status === 'rejected' ? result.reason : undefined;
  if (cause instanceof Error) messages.push(cause.message);
  throw new BackendError(`webgpu: expected ${where} to be accepted, got ${messages.join('; ')}`, { cause });
}
