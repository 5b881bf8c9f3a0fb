import { CHARACTERS, describeShared } from '@tha4/test-utils';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { describe, expect, test } from 'vitest';
import type { FloatTensor } from '../src/checkpoint/stored-tensor.ts';
import { STUDENT } from '../src/models/student.ts';
import { exportStudentOnnx, type OnnxExportOptions } from '../src/onnx/index.ts';
import { readStudent, type TestStudent } from './support/characters.ts';
import { channelsFirst, channelsLast } from './support/golden.ts';
import {
  compareFrame,
  expectParity,
  readStudentGolden,
  STUDENT_IMAGES,
  type StudentFrame,
} from './support/student-parity.ts';

interface Renderer {
  render(pose: Float32Array): Promise<StudentFrame>;
  release(): Promise<void>;
}

async function load({ face, body, image }: TestStudent, options?: OnnxExportOptions): Promise<Renderer> {
  const session = await InferenceSession.create(exportStudentOnnx(STUDENT, face, body, options));
  const { data, shape } = channelsFirst(image);
  const picture = new Tensor('float32', data, shape);
  return {
    async render(pose) {
      const outputs = await session.run({ image: picture, pose: new Tensor('float32', pose, [1, 45]) });
      const read = (name: string): FloatTensor =>
        channelsLast({ shape: outputs[name]!.dims, data: outputs[name]!.data as Float32Array });
      return Object.fromEntries(STUDENT_IMAGES.map((name) => [name, read(name)])) as unknown as StudentFrame;
    },
    release: () => session.release(),
  };
}

async function checkPoses(name: string, poses: readonly number[], options?: OnnxExportOptions): Promise<void> {
  const golden = readStudentGolden(name);
  const renderer = await load(readStudent(name), options);
  for (const pose of poses) {
    const start = performance.now();
    const frame = await renderer.render(golden.pose(pose));
    const elapsed = performance.now() - start;
    const report = compareFrame(name, golden, pose, frame);
    console.log(
      `onnxruntime ${name} pose ${pose}: ${elapsed.toFixed(0)} ms, ${report.worst.toFixed(2)} of the limits (${report.worstWhere}), ${report.psnr.toFixed(1)} dB`,
    );
    expectParity(report);
  }
  await renderer.release();
}

describeShared('students on onnxruntime', () => {
  describe('plain sine', () => {
    test.each(CHARACTERS)('%s', (name) => checkPoses(name, [0, 1, 2, 3]));
  });

  test('sine arguments reduced in the graph', () => checkPoses('lambda_00', [1], { reduceSine: true }));

  test('a nudged weight is noticed', async () => {
    const student = readStudent('lambda_00');
    student.body.get('siren_layers.1.1.linear.weight')!.data[1000]! += 0.01;
    const golden = readStudentGolden('lambda_00');
    const renderer = await load(student);
    const report = compareFrame('lambda_00', golden, 0, await renderer.render(golden.pose(0)));
    await renderer.release();
    expect(() => expectParity(report)).toThrow();
  });
});
