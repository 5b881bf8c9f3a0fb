import { modelToImage, POSE_PARAMETERS, premultipliedSrgb, psnr, readCharacterParts, writeCharacter } from '@tha4/core';
import { describeShared, deviation, listShared, readShared } from '@tha4/test-utils';
import { describe, expect, type TestContext, test } from 'vitest';
import { compareFrame, LEAST_PSNR, readStudentGolden } from '../../core/test/support/student-parity.ts';
import { createWasmStudent } from '../src/wasm/character-student.ts';
import { surveyTiles } from '../src/wasm/survey-tiles.ts';
import type { PaintAnswer, PaintRequest } from './node-webgpu/host.ts';
import { paintInNode } from './node-webgpu/paint-in-node.ts';
import { cpuFrame, syntheticFiles } from './synthetic-students.ts';

const POSE = Float32Array.from({ length: 45 }, (_, i) => Math.sin(i * 1.7) / 2);
const MOUTH_AAA = POSE_PARAMETERS.findIndex(({ name }) => name === 'mouth_aaa');
const SHAPE = [1, 512, 512, 4];
/** Far fewer than for a character file: what they miss has to be found in the band. */
const SURVEY_POSES = 6;

type Painted = Extract<PaintAnswer, { readonly frames: unknown }>;

/** Frames of a request; skips the test, aloud, where there is no adapter. */
async function painted(context: TestContext, request: PaintRequest): Promise<Painted> {
  const answer = await paintInNode(request);
  if ('error' in answer) throw new Error(answer.error);
  if (answer.adapter === null) {
    console.warn(`SKIPPED: '${context.task.name}' needs a Vulkan, Metal or Direct3D driver, and Node found none`);
    return context.skip('no WebGPU adapter');
  }
  console.log(`${answer.adapter}, in Node: ${answer.ms.map(Math.round).join(', ')} ms`);
  return answer;
}

describe('the webgpu runtime in Node', () => {
  test('paints the small student as the CPU does, cut for a GPU', async (context) => {
    const file = syntheticFiles().get('small.tha')!;
    const {
      frames: [frame],
    } = await painted(context, { file, poses: [POSE], asOnGpu: true, quality: 'exact' });
    const { meanAbs, maxAbs } = deviation(frame!, await cpuFrame('small', POSE));
    expect(meanAbs).toBeLessThan(1e-5);
    expect(maxAbs).toBeLessThan(1e-3);
  });

  // No adapter here runs 16-bit floats. Dawn's null backend compiles them, with WebGPU's own checks, and paints nothing.
  test('shaders of 16-bit floats are accepted, and what is bound to them', async (context) => {
    for (const name of ['odd', 'flat']) {
      const file = syntheticFiles().get(`${name}.tha`)!;
      const quality = name === 'odd' ? 'half' : 'reuse';
      const request = { file, poses: [POSE, POSE], asOnGpu: true, quality, checkHalf: true } as const;
      expect((await painted(context, request)).adapter).toContain('16-bit numbers');
    }
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
    const pose = golden.pose(0);
    const face = pose.map((value, i) => (i === MOUTH_AAA ? value + 0.4 : value));
    const { frames, qualities } = await painted(context, {
      file,
      poses: [pose, face],
      asOnGpu: false,
      quality: 'reuse',
    });
    expect(qualities).toEqual(['exact', 'reuse']);
    const blended = { shape: SHAPE, data: frames[0]! };
    const exact = compareFrame('lambda_00', golden, 0, { blended }).psnr;
    // The same on the CPU: what is kept there, and what the pose looks like.
    const painter = await createWasmStudent(character, { variant: 'plain', cull: false });
    const right = seen(painter.paint(face));
    painter.paint(pose, 'reuse');
    const onCpu = seen(painter.paint(face, 'reuse'));
    const [reused, alike] = [psnr(seen(frames[1]!), right), psnr(seen(frames[1]!), onCpu)];
    console.log(
      `webgpu in Node, lambda_00: exact ${exact.toFixed(1)} dB; reuse ${reused.toFixed(1)} dB, ${alike.toFixed(1)} against the CPU's`,
    );
    expect(exact).toBeGreaterThanOrEqual(LEAST_PSNR);
    expect(reused).toBeGreaterThanOrEqual(45);
    expect(reused).toBeLessThan(alike); // it has left something out
    expect(alike).toBeGreaterThanOrEqual(LEAST_PSNR);
  });
});

function seen(model: Float32Array): Float32Array {
  return premultipliedSrgb(modelToImage(model, 512, 512));
}
