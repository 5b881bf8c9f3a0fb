import * as tf from '@tensorflow/tfjs-core';
import { assertClose } from '@tha4/test-utils';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, test } from 'vitest';
import { TFJS_BACKENDS, useBackend } from '../../test/support/backends.ts';
import { channelsFirst, channelsLast } from '../../test/support/golden.ts';
import { type SyntheticStudent, syntheticStudent, TINY_STUDENT } from '../../test/support/synthetic.ts';
import type { FloatTensor } from '../checkpoint/stored-tensor.ts';
import { student } from '../models/student.ts';
import { disposeParams, tfjsOps, uploadWeights } from '../tfjs/index.ts';
import { exportBodyMorpherOnnx, exportFaceMorpherOnnx, exportStudentOnnx } from './index.ts';

// The same network on three executors. Measured maximum: 1.5e-6.
const TOLERANCE = { atol: 1.5e-5 };

const IMAGES = ['face', 'blended', 'alpha', 'direct', 'warped', 'grid_change'] as const;
type Frame = Record<(typeof IMAGES)[number], FloatTensor>;

async function runOnnx(model: Uint8Array, inputs: Readonly<Record<string, FloatTensor>>): Promise<Partial<Frame>> {
  const session = await InferenceSession.create(model);
  const feeds = Object.entries(inputs).map(([name, tensor]) => {
    const { shape, data } = tensor.shape.length === 4 ? channelsFirst(tensor) : tensor;
    return [name, new Tensor('float32', data, shape)] as const;
  });
  const outputs = await session.run(Object.fromEntries(feeds));
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { dims, data }]) => [
      name,
      channelsLast({ shape: dims, data: data as Float32Array }),
    ]),
  );
}

function runTfjs({ face, body, image, pose }: SyntheticStudent): Frame {
  const before = tf.memory().numTensors;
  const ops = tfjsOps();
  const params = { face: uploadWeights(face), body: uploadWeights(body) };
  const frame = tf.tidy(() => {
    const upload = ({ data, shape }: FloatTensor): tf.Tensor => tf.tensor(data, [...shape]);
    const read = (x: tf.Tensor): FloatTensor => ({ shape: x.shape, data: x.dataSync() as Float32Array });
    const output = student(ops, TINY_STUDENT, params, upload(image), upload(pose));
    const entries = Object.entries(output).map(([name, x]) => [name === 'gridChange' ? 'grid_change' : name, read(x)]);
    return Object.fromEntries(entries) as never;
  });
  disposeParams(params.face);
  disposeParams(params.body);
  expect(tf.memory().numTensors).toBe(before);
  return frame;
}

describe.each(TFJS_BACKENDS)('a tiny student on tfjs %s and on onnxruntime', (backend) => {
  beforeAll(() => useBackend(backend));

  test.each([false, true])('paints the same frame (sine arguments reduced in the graph: %s)', async (reduceSine) => {
    const tiny = syntheticStudent();
    const model = exportStudentOnnx(TINY_STUDENT, tiny.face, tiny.body, { reduceSine });
    const actual = await runOnnx(model, { image: tiny.image, pose: tiny.pose });
    const expected = runTfjs(tiny);
    for (const name of IMAGES) {
      expect(actual[name]!.shape, name).toEqual(expected[name].shape);
      assertClose(actual[name]!.data, expected[name].data, TOLERANCE);
    }
  });
});

describe('the ONNX files', () => {
  test('of the two morphers, one after the other, paint the whole student’s frame', async () => {
    const tiny = syntheticStudent();
    const whole = await runOnnx(exportStudentOnnx(TINY_STUDENT, tiny.face, tiny.body), tiny.inputs);
    const facePose = { shape: [1, 39], data: tiny.pose.data.slice(0, 39) };
    const { face } = await runOnnx(exportFaceMorpherOnnx(TINY_STUDENT.face, tiny.face), { pose: facePose });
    expect(face).toEqual(whole.face);

    const data = tiny.image.data.slice();
    for (let row = 0; row < 4; row++) {
      const at = ((TINY_STUDENT.faceTop + row) * 16 + TINY_STUDENT.faceLeft) * 4;
      data.set(face!.data.subarray(16 * row, 16 * row + 16), at);
    }
    const body = await runOnnx(exportBodyMorpherOnnx(TINY_STUDENT.body, tiny.body), {
      image: { shape: tiny.image.shape, data },
      pose: tiny.pose,
    });
    for (const name of ['blended', 'alpha', 'direct', 'warped', 'grid_change'] as const) {
      expect(body[name], name).toEqual(whole[name]);
    }
  });

  test('notice a nudged weight', async () => {
    const tiny = syntheticStudent();
    const before = await runOnnx(exportStudentOnnx(TINY_STUDENT, tiny.face, tiny.body), tiny.inputs);
    tiny.body.get('siren_layers.1.0.linear.weight')!.data[5]! += 0.01;
    const after = await runOnnx(exportStudentOnnx(TINY_STUDENT, tiny.face, tiny.body), tiny.inputs);
    expect(() => assertClose(after.blended!.data, before.blended!.data, TOLERANCE)).toThrow(/elements differ/);
  });

  test('are the same bytes every time, hold each constant once, and carry what was said about them', () => {
    const tiny = syntheticStudent();
    const metadata = new Map([['license', 'CC BY-NC 4.0']]);
    const model = exportStudentOnnx(TINY_STUDENT, tiny.face, tiny.body, { metadata });
    expect(exportStudentOnnx(TINY_STUDENT, tiny.face, tiny.body, { metadata })).toEqual(model);
    const text = new TextDecoder('latin1').decode(model);
    expect(text).toContain('CC BY-NC 4.0');
    expect(text).toContain('body.last_linear.weight');
    // Levels of 4, 8 and 16 pixels and a face of 4: the grid of 4 is there once, and so is the one of 16 that both
    // the last level and the warp use.
    const floats = [...tiny.face.values(), ...tiny.body.values()].reduce((sum, { data }) => sum + data.length, 0);
    expect(model.length).toBeLessThan(4 * (floats + 2 * (16 + 64 + 256)) + 8000);
  });

  test('refuse weights of another shape', () => {
    const tiny = syntheticStudent();
    const body = new Map(tiny.body).set('siren_layers.0.1.linear.weight', {
      shape: [3, 8],
      data: new Float32Array(24),
    });
    expect(() => exportStudentOnnx(TINY_STUDENT, tiny.face, body)).toThrow(/expected shape \[1, \?, \?, 3\]/);
  });
});
