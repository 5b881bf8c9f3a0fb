import * as tf from '@tensorflow/tfjs-core';
import { CHARACTERS, describeShared } from '@tha4/test-utils';
import { beforeAll, expect, test } from 'vitest';
import type { FloatTensor } from '../src/checkpoint/stored-tensor.ts';
import { STUDENT, student } from '../src/models/student.ts';
import { disposeParams, tfjsOps, uploadWeights } from '../src/tfjs/index.ts';
import { useBackend } from './support/backends.ts';
import { readStudent, type TestStudent } from './support/characters.ts';
import { compareFrame, expectParity, readStudentGolden, type StudentFrame } from './support/student-parity.ts';

const ops = tfjsOps();

interface Renderer {
  render(pose: Float32Array): Promise<StudentFrame>;
  dispose(): void;
}

function load(character: TestStudent): Renderer {
  const params = { face: uploadWeights(character.face), body: uploadWeights(character.body) };
  const image = tf.tensor(character.image.data, [...character.image.shape]);
  return {
    async render(pose) {
      const output = ops.tidy(() => student(ops, STUDENT, params, image, tf.tensor(pose, [1, 45])));
      const read = async (tensor: tf.Tensor): Promise<FloatTensor> => {
        const data = (await tensor.data()) as Float32Array;
        tensor.dispose();
        return { shape: tensor.shape, data };
      };
      const { gridChange, ...images } = output;
      const frame = { ...images, grid_change: gridChange };
      const entries = Object.entries(frame).map(async ([name, tensor]) => [name, await read(tensor)] as const);
      return Object.fromEntries(await Promise.all(entries)) as unknown as StudentFrame;
    },
    dispose() {
      disposeParams(params.face);
      disposeParams(params.body);
      image.dispose();
    },
  };
}

// A frame takes 3 s here, and wasm's own golden test has all 40, so most characters show one pose of the four.
const ALL = process.env.THA4_ALL_FRAMES === '1';
const posesOf = (name: string): number[] =>
  ALL || name === 'lambda_00' ? [0, 1, 2, 3] : [(CHARACTERS as readonly string[]).indexOf(name) % 4];

describeShared('students on tfjs-wasm', () => {
  beforeAll(async () => {
    await useBackend('wasm');
    if (!ALL) console.log('tfjs-wasm: 13 of the 40 golden frames; THA4_ALL_FRAMES=1 takes all of them');
  });

  test.each(CHARACTERS)('%s', async (name) => {
    const before = tf.memory().numTensors;
    const golden = readStudentGolden(name);
    const renderer = load(readStudent(name));
    for (const pose of posesOf(name)) {
      const start = performance.now();
      const frame = await renderer.render(golden.pose(pose));
      const elapsed = performance.now() - start;
      const report = compareFrame(name, golden, pose, frame);
      console.log(
        `tfjs-wasm ${name} pose ${pose}: ${elapsed.toFixed(0)} ms, ${report.worst.toFixed(2)} of the limits (${report.worstWhere}), ${report.psnr.toFixed(1)} dB`,
      );
      expectParity(report);
    }
    renderer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('a nudged weight is noticed', async () => {
    const character = readStudent('lambda_00');
    character.body.get('siren_layers.1.1.linear.weight')!.data[1000]! += 0.01;
    const golden = readStudentGolden('lambda_00');
    const renderer = load(character);
    const report = compareFrame('lambda_00', golden, 0, await renderer.render(golden.pose(0)));
    renderer.dispose();
    expect(() => expectParity(report)).toThrow();
  });
});
