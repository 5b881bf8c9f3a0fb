import type { Work } from '../count/work.ts';

/** A processor's published peaks. */
export interface Processor {
  readonly name: string;
  readonly kind: 'GPU' | 'CPU';
  /** Single precision, billions of operations a second; a multiply-add is two. */
  readonly peakGflops: number;
  /** Memory, 10^9 bytes a second. */
  readonly gigabytesPerSecond: number;
  /** How the peak comes about. */
  readonly arithmetic: string;
}

/** What of a peak a runtime is taken to reach. */
export interface Efficiency {
  readonly compute: number;
  readonly memory: number;
}

/** How a frame's time is put together, milliseconds. */
export interface Estimate {
  readonly computeMs: number;
  readonly memoryMs: number;
  /** The longer of the two: a kernel that is well cut does both at once. */
  readonly ms: number;
}

/** Operations of a sine: reduction of the argument and a polynomial of degree 9. */
export const SINE_OPERATIONS = 13;

/**
 * How long a frame would take on a processor: the roofline, lowered to what can be reached. No launches, no other
 * program, no heat: an estimate of the order, not a promise.
 */
export function estimateFrame(work: Work, processor: Processor, { compute, memory }: Efficiency): Estimate {
  const operations = 2 * work.multiplyAdds + SINE_OPERATIONS * work.sines;
  const computeMs = operations / (processor.peakGflops * compute * 1e6);
  const memoryMs = work.bytes / (processor.gigabytesPerSecond * memory * 1e6);
  return { computeMs, memoryMs, ms: Math.max(computeMs, memoryMs) };
}
