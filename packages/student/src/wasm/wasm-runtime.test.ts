import { isX86 } from '@tha4/kernels';
import { hashUniform } from '@tha4/test-utils';
import { expect, it } from 'vitest';
import { smallCharacter } from '../../../core/test/small-character.ts';
import { createWasmRuntime, type Precision } from './index.ts';

async function paint(precision?: Precision | 'auto') {
  const runtime = createWasmRuntime({ threads: 1, variant: 'plain', ...(precision && { precision }) });
  const { choice } = await runtime.load(smallCharacter());
  await runtime.pose(Float32Array.from(hashUniform('a', 45)));
  return { choice, pixels: (await runtime.readPixels()).data };
}

it('computes in 16-bit integers on x86, unless floats are asked for, and says so', async () => {
  const [usual, auto, int16, float] = [await paint(), await paint('auto'), await paint('int16'), await paint('float')];
  expect(int16.choice).toContain('16-bit integers');
  expect(float.choice).toContain('float32');
  expect(int16.pixels).not.toEqual(float.pixels);
  expect(usual).toEqual(isX86() ? int16 : float);
  expect(auto).toEqual(usual);
});
