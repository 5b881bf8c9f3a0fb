/** `relaxed` uses FMA where the CPU has it, so its last bits differ between machines; `plain` does not. */
export type KernelVariant = 'plain' | 'relaxed';

/** `(i8x16.splat (i32.const 0))` */
const ZEROS = [0x41, 0, 0xfd, 0x0f];

/** A module of one function that returns a v128, of a body that finds zeros in all lanes on the stack. */
const moduleOf = (...body: readonly number[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...[1, 5, 1, 0x60, 0, 1, 0x7b],
    ...[3, 2, 1, 0],
    ...[10, body.length + 8, 1, body.length + 6, 0, ...ZEROS, ...body, 0x0b],
  ]);

/** `(f32x4.relaxed_madd z z z)`, `(f32x4.add z z)`, z being those zeros. */
const MODULES = {
  relaxed: moduleOf(...ZEROS, ...ZEROS, 0xfd, 0x85, 2),
  plain: moduleOf(...ZEROS, 0xfd, 0xe4, 1),
};

/** The fastest variant that this engine can run, or `null` where it has no WebAssembly SIMD. */
export function bestVariant(): KernelVariant | null {
  if (typeof WebAssembly === 'undefined') return null;
  if (WebAssembly.validate(MODULES.relaxed)) return 'relaxed';
  return WebAssembly.validate(MODULES.plain) ? 'plain' : null;
}
