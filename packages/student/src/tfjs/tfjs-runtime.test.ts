import * as tf from '@tensorflow/tfjs-core';
import { BackendError, imageToModel, modelToImage, PoseError, student } from '@tha4/core';
import { tfjsOps, uploadWeights } from '@tha4/core/tfjs';
import { describe, expect, it } from 'vitest';
import { smallCharacter } from '../../../core/test/small-character.ts';
import { createTfjsRuntime } from './index.ts';

const CHARACTER = smallCharacter();

describe('tfjs runtime', () => {
  it.each(['cpu', 'wasm'] as const)("paints with core's student on %s, and frees everything", async (backend) => {
    const runtime = createTfjsRuntime({ backend });
    expect(await runtime.load(CHARACTER)).toMatchObject({ name: `tfjs-${backend}` });
    const pose = new Float32Array(45).fill(0.25);
    const frame = await runtime.pose(pose);
    expect(frame.serial).toBe(1);
    const expected = tf.tidy(() => {
      const params = { face: uploadWeights(CHARACTER.face), body: uploadWeights(CHARACTER.body) };
      const image = tf.tensor(imageToModel(CHARACTER.image), [1, 64, 64, 4]);
      const { blended } = student(tfjsOps(), CHARACTER.config, params, image, tf.tensor2d(pose, [1, 45]));
      return blended.dataSync() as Float32Array;
    });
    expect(await runtime.readPixels()).toEqual(modelToImage(expected, 64, 64));
    const { tensors } = await runtime.memory();
    for (let i = 0; i < 5; i++) await runtime.pose(new Float32Array(45).fill(i / 5));
    expect((await runtime.memory()).tensors, 'after more frames').toBe(tensors);
    await runtime.load(CHARACTER);
    expect((await runtime.memory()).tensors, 'after another load').toBe(tensors);
    await runtime.dispose();
    expect(tf.memory().numTensors, 'after dispose').toBe(0);
    await expect(runtime.pose(pose)).rejects.toThrow(/live runtime/);
  });

  it('says what is missing or wrong', async () => {
    const runtime = createTfjsRuntime({ backend: 'cpu' });
    await expect(runtime.pose(new Float32Array(45))).rejects.toThrow(/call load first/);
    await runtime.load(CHARACTER);
    await expect(runtime.readPixels()).rejects.toThrow(/call pose first/);
    await expect(runtime.pose(new Float32Array(44))).rejects.toThrow(PoseError);
    await runtime.dispose();
  });

  it('cannot start a GPU backend where there is none', async () => {
    await expect(createTfjsRuntime({ backend: 'webgl' }).load(CHARACTER)).rejects.toThrow(BackendError);
  });
});
