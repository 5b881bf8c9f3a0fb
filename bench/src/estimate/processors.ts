import type { Efficiency, Processor } from './roofline.ts';

/** Five GPUs from the slowest that is still common to a usual gaming card. Peaks are the makers' or follow from them. */
export const GPUS: readonly Processor[] = [
  gpu('Intel UHD Graphics 620', 24 * 8, 1.15, 34.1, '24 units x 8 lanes x 2 x 1.15 GHz; two channels of DDR4-2133'),
  gpu('Intel Iris Xe (96 EU)', 96 * 8, 1.35, 68.3, '96 units x 8 lanes x 2 x 1.35 GHz; LPDDR4X-4266'),
  gpu('Apple M1 (8-core GPU)', 1024, 1.278, 68.3, '1,024 lanes x 2 x 1.278 GHz; LPDDR4X-4266'),
  gpu('NVIDIA GeForce GTX 1650', 896, 1.665, 128, '896 lanes x 2 x 1.665 GHz; GDDR5'),
  gpu('NVIDIA GeForce RTX 3060', 3584, 1.777, 360, '3,584 lanes x 2 x 1.777 GHz; GDDR6'),
];

/** Two laptop CPUs with all their large cores, at the clock that they hold together. WebAssembly has four lanes. */
export const CPUS: readonly Processor[] = [
  cpu('Intel Core i5-1135G7', 4, 2, 3.8, 51.2, '4 cores x 4 lanes x 2 units x 2 x 3.8 GHz; DDR4-3200'),
  cpu('Apple M1', 4, 4, 3.0, 68.3, '4 large cores x 4 lanes x 4 units x 2 x 3.0 GHz; LPDDR4X-4266'),
];

/** A third of the peak: matrix products in WGSL and GLSL without a vendor's library reach a quarter to a half. */
export const GPU_EFFICIENCY: Efficiency = { compute: 0.33, memory: 0.7 };

/** What the relaxed kernels were measured at on Zen 3 (41.5 of 52 GFLOP/s), less what threads lose. */
export const CPU_EFFICIENCY: Efficiency = { compute: 0.7, memory: 0.6 };

function gpu(name: string, lanes: number, gigahertz: number, bandwidth: number, arithmetic: string): Processor {
  return { name, kind: 'GPU', peakGflops: lanes * 2 * gigahertz, gigabytesPerSecond: bandwidth, arithmetic };
}

function cpu(
  name: string,
  cores: number,
  units: number,
  gigahertz: number,
  bandwidth: number,
  arithmetic: string,
): Processor {
  const peakGflops = cores * 4 * units * 2 * gigahertz;
  return { name, kind: 'CPU', peakGflops, gigabytesPerSecond: bandwidth, arithmetic };
}
