/** What a frame costs, counted from a student's config. */
export interface Work {
  /** Products that are added to a sum. Sines, enlargement, warp and blend are not in it: some 5 % more. */
  readonly multiplyAdds: number;
  readonly sines: number;
  /**
   * Bytes that kernels read and write, float32: each kernel reads each of its inputs once and writes each of its
   * outputs once. What it reads again is taken to come from a cache, so this is the least that can be.
   */
  readonly bytes: number;
}

/** Nothing yet. */
export const NO_WORK: Work = { multiplyAdds: 0, sines: 0, bytes: 0 };

/** One after the other. */
export function sumWork(parts: readonly Work[]): Work {
  return parts.reduce(
    (sum, { multiplyAdds, sines, bytes }) => ({
      multiplyAdds: sum.multiplyAdds + multiplyAdds,
      sines: sum.sines + sines,
      bytes: sum.bytes + bytes,
    }),
    NO_WORK,
  );
}

/** The mean of some. */
export function meanWork(all: readonly Work[]): Work {
  const { multiplyAdds, sines, bytes } = sumWork(all);
  return { multiplyAdds: multiplyAdds / all.length, sines: sines / all.length, bytes: bytes / all.length };
}

/** Billions of floating-point operations; a multiply-add is two. */
export function gflop({ multiplyAdds }: Work): number {
  return (2 * multiplyAdds) / 1e9;
}

/** Millions of bytes. */
export function megabytes({ bytes }: Work): number {
  return bytes / 1e6;
}
