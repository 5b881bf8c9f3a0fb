import { expect, it } from 'vitest';
import { estimateFrame, SINE_OPERATIONS } from './roofline.ts';

const PROCESSOR = { name: 'x', kind: 'GPU', peakGflops: 1000, gigabytesPerSecond: 10, arithmetic: '' } as const;

it('takes the longer of computing and moving', () => {
  const half = { compute: 0.5, memory: 0.5 };
  // 10 GFLOP at 500 GFLOP/s; 50 MB at 5 GB/s.
  const work = { multiplyAdds: 5e9 - (SINE_OPERATIONS * 1e6) / 2, sines: 1e6, bytes: 50e6 };
  expect(estimateFrame(work, PROCESSOR, half)).toEqual({ computeMs: 20, memoryMs: 10, ms: 20 });
  expect(estimateFrame({ ...work, bytes: 500e6 }, PROCESSOR, half).ms).toBe(100);
});
