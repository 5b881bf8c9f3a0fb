import { fromFloat32, readCharacterParts, toFloat32 } from '@tha4/core';
import type { Kernels } from '@tha4/kernels';
import { CHARACTERS, describeShared, listShared, readShared } from '@tha4/test-utils';
import { expect, test, vi } from 'vitest';
import { compareFrame, readStudentGolden } from '../../core/test/support/student-parity.ts';
import { planStudent, type StudentPlan } from '../src/plan/student-plan.ts';
import { WasmStudent } from '../src/wasm/wasm-student.ts';

// What 16-bit floats cost, emulated: the CPU's kernels with activations and weights rounded where the shader rounds them.
vi.mock('@tha4/kernels', async (importOriginal) => {
  const original = await importOriginal<typeof import('@tha4/kernels')>();
  return {
    ...original,
    loadKernels: async (memory: WebAssembly.Memory, variant: 'plain') =>
      rounding(await original.loadKernels(memory, variant), memory, original.ROW_BYTES),
  };
});

const ALL = process.env.THA4_ALL_FRAMES === '1';
const LEAST_DECIBELS = 45;

test('the emulation rounds as 16-bit floats are stored', () => {
  const values = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i * 1.7) * 2 ** ((i % 30) - 27));
  const { bytes } = fromFloat32(values, [values.length], 'F16');
  const expected = toFloat32({ dtype: 'F16', shape: [values.length], bytes }, 'values');
  roundAll(values);
  expect(values).toEqual(expected);
});

describeShared('numbers of 16 bits, emulated', () => {
  test.each(CHARACTERS.map((name, index) => ({ name, index })))('$name keeps 45 dB', async ({ name, index }) => {
    const files = listShared(`characters/${name}`).map(
      (file) => [file, readShared(`characters/${name}/${file}`)] as const,
    );
    const { config, face, body, image } = readCharacterParts(new Map(files), name);
    const options = { variant: 'plain', tiles: null, threads: 1, createThread: null, keepOutputs: false } as const;
    const painter = await WasmStudent.create(config, rounded(planStudent(config, face, body)), image, options);
    const golden = readStudentGolden(name);
    for (const pose of [0, 1, 2, 3].filter((each) => ALL || each === index % 4)) {
      const blended = { shape: [1, 512, 512, 4], data: painter.paint(golden.pose(pose)) };
      const { psnr } = compareFrame(name, golden, pose, { blended });
      console.log(`16-bit floats, ${name} pose ${pose}: ${psnr.toFixed(1)} dB`);
      expect(psnr).toBeGreaterThanOrEqual(LEAST_DECIBELS);
      expect(psnr, 'it is rounded').toBeLessThan(60);
    }
  });
});

/** The nearest 16-bit floats of numbers from `first` to `end`. */
function roundAll(values: Float32Array, first = 0, end = values.length): void {
  for (let i = first; i < end; i++) {
    const value = values[i]!;
    const high = Math.fround(value * 8193); // 11 significant bits are left
    const least = Math.round(value * 16777216) / 16777216; // below 2^-14 they step evenly
    values[i] = Math.abs(value) < 2 ** -14 ? least : Math.fround(high - Math.fround(high - value));
  }
}

/** Weights that are multiplied with activations; the last layers, positions and biases stay as they are. */
function rounded(plan: StudentPlan): StudentPlan {
  for (const { entry, sines } of [plan.face, ...plan.levels]) {
    roundAll(entry.feature);
    for (const { weight } of sines) roundAll(weight);
  }
  return plan;
}

/** Kernels that round what they leave for the next layer: sines. */
function rounding(kernels: Kernels, memory: WebAssembly.Memory, rowBytes: number): Kernels {
  let view = new Float32Array(0);
  const round = (chunk: number, pixels: number, channels: number): void => {
    if (view.buffer !== memory.buffer) view = new Float32Array(memory.buffer); // it has grown
    for (let row = chunk / 4; row < (chunk + pixels * rowBytes) / 4; row += rowBytes / 4) {
      roundAll(view, row, row + channels);
    }
  };
  return {
    ...kernels,
    layer(x, out, w, b, inputs, blocks, pixels, sine) {
      kernels.layer(x, out, w, b, inputs, blocks, pixels, sine);
      if (sine === 1) round(out, pixels, blocks * 8);
    },
    enlargeSine(grid, list, pixels, size, lanes, out, sixteen) {
      kernels.enlargeSine(grid, list, pixels, size, lanes, out, sixteen);
      round(out, pixels, lanes * 4);
    },
  };
}
