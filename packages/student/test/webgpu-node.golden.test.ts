import { readCharacterParts, writeCharacter } from '@tha4/core';
import { describeShared, deviation, listShared, readShared } from '@tha4/test-utils';
import { describe, expect, type TestContext, test } from 'vitest';
import { compareFrame, LEAST_PSNR, readStudentGolden } from '../../core/test/support/student-parity.ts';
import { surveyTiles } from '../src/wasm/survey-tiles.ts';
import type { PaintRequest } from './node-webgpu/host.ts';
import { paintInNode } from './node-webgpu/paint-in-node.ts';
import { cpuFrame, syntheticFiles } from './synthetic-students.ts';

const POSE = Float32Array.from({ length: 45 }, (_, i) => Math.sin(i * 1.7) / 2);
const SHAPE = [1, 512, 512, 4];
/** Far fewer than for a character file: what they miss has to be found in the band. */
const SURVEY_POSES = 6;

/** Frames of a request; skips the test, aloud, where there is no adapter. */
async function painted(context: TestContext, request: PaintRequest): Promise<readonly Float32Array[]> {
  const answer = await paintInNode(request);
  if ('error' in answer) throw new Error(answer.error);
  if (answer.adapter === null) {
    console.warn(`SKIPPED: '${context.task.name}' needs a Vulkan, Metal or Direct3D driver, and Node found none`);
    return context.skip('no WebGPU adapter');
  }
  console.log(`${answer.adapter}, in Node: ${answer.ms.map(Math.round).join(', ')} ms`);
  return answer.frames;
}

describe('the webgpu runtime in Node', () => {
  test('paints the odd student as the CPU does, cut for a GPU', async (context) => {
    const file = syntheticFiles().get('odd.tha')!;
    const [frame] = await painted(context, { file, poses: [POSE], asOnGpu: true });
    const { meanAbs, maxAbs } = deviation(frame!, await cpuFrame('odd', POSE));
    expect(meanAbs).toBeLessThan(1e-5);
    expect(maxAbs).toBeLessThan(1e-3);
  });
});

describeShared('the webgpu runtime in Node, on a published character', () => {
  test('lambda_00, what can be seen of it', async (context) => {
    const parts = new Map(
      listShared('characters/lambda_00').map((file) => [file, readShared(`characters/lambda_00/${file}`)]),
    );
    const character = readCharacterParts(parts, 'lambda_00');
    const visibleTiles = await surveyTiles(character, { poses: SURVEY_POSES });
    const file = writeCharacter({ ...character, manifest: { ...character.manifest, visibleTiles } });
    const golden = readStudentGolden('lambda_00');
    const [data] = await painted(context, { file, poses: [golden.pose(0)], asOnGpu: false });
    const { psnr } = compareFrame('lambda_00', golden, 0, { blended: { shape: SHAPE, data: data! } });
    console.log(`webgpu in Node, lambda_00 pose 0: ${psnr.toFixed(1)} dB`);
    expect(psnr).toBeGreaterThanOrEqual(LEAST_PSNR);
  });
});
