import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import type { FloatTensor } from '../../src/checkpoint/stored-tensor.ts';
import { recordModel } from '../../src/onnx/index.ts';
import type { Ops } from '../../src/ops/ops.ts';
import { tfjsOps } from '../../src/tfjs/index.ts';
import { channelsLast } from './golden.ts';
import { runModel, toOrt } from './onnx-session.ts';

/** A few operators on one executor's tensors. @param input a picture `[n, h, w, c]`; @param weight a constant */
export type OpsBody = <T>(ops: Ops<T>, input: (name: string) => T, weight: (name: string) => T) => T;

export interface OpsInputs {
  readonly pictures: ReadonlyMap<string, FloatTensor>;
  readonly weights: ReadonlyMap<string, FloatTensor>;
}

/** Runs the operators and returns an image, NHWC. */
export type Executor = (body: OpsBody, inputs: OpsInputs) => Promise<FloatTensor>;

/** On the current tfjs backend; fails where a tensor is left. */
export const onTfjs: Executor = async (body, { pictures, weights }) => {
  const before = tf.memory().numTensors;
  const result = tf.tidy(() => {
    const of = (all: ReadonlyMap<string, FloatTensor>) => (name: string) => {
      const { data, shape } = all.get(name)!;
      return tf.tensor(data, [...shape]);
    };
    const output = body<tf.Tensor>(tfjsOps(), of(pictures), of(weights));
    return { shape: output.shape, data: output.dataSync() as Float32Array };
  });
  expect(tf.memory().numTensors, 'tensors left').toBe(before);
  return result;
};

/** Recorded, and run by onnxruntime. */
export const onOnnx: Executor = async (body, { pictures, weights }) => {
  const model = recordModel({ name: 'operators', description: '' }, undefined, (ops, declare) => {
    const inputs = new Map([...pictures].map(([name, { shape }]) => [name, declare(name, shape)]));
    const result = body(
      ops,
      (name) => inputs.get(name)!,
      (name) => weights.get(name)!,
    );
    return { result };
  });
  const feeds = Object.fromEntries([...pictures].map(([name, tensor]) => [name, toOrt(tensor)]));
  const { dims, data } = (await runModel(model, feeds)).result!;
  return channelsLast({ shape: dims, data: data as Float32Array });
};
