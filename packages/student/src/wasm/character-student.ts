import { BackendError, type Character } from '@tha4/core';
import { bestVariant, type KernelVariant } from '@tha4/kernels';
import type { ThreadHandle } from '@tha4/kernels/threads';
import { planStudent } from '../plan/student-plan.ts';
import { mapOfCharacter } from '../tiles/character-map.ts';
import type { Precision } from './student-layout.ts';
import { WasmStudent } from './wasm-student.ts';

/** How a character's student is set up on the kernels. */
export interface CharacterStudentOptions {
  /** `relaxed` is faster where the CPU has FMA, `plain` gives the same bits everywhere; `best` takes what is there. */
  readonly variant: KernelVariant | 'best';
  /** What the sine layers compute in. */
  readonly precision: Precision;
  /** Leave out tiles in which nothing is visible, where the character's file has a map of them. */
  readonly cull: boolean;
  /** Threads that paint, the calling one counted. */
  readonly threads: number;
  /** Starts a worker that calls `serveThread`; needed for more than one thread. */
  readonly createThread: (() => ThreadHandle) | null;
  /** Keep what the body network says of each pixel; see `WasmStudent.outputs`. */
  readonly keepOutputs: boolean;
  /** Follow the character by tiles of 4x4 pixels; false: by the map's, as the GPU runtimes do. */
  readonly smallTiles: boolean;
}

const DEFAULTS: CharacterStudentOptions = {
  variant: 'best',
  precision: 'float',
  cull: true,
  threads: 1,
  createThread: null,
  keepOutputs: false,
  smallTiles: true,
};

/**
 * Lays a character's student out for the kernels.
 *
 * @throws {BackendError} where there is no WebAssembly SIMD, the kernels do not know its shape, or a thread does not
 *   start
 */
export async function createWasmStudent(
  character: Character,
  options: Partial<CharacterStudentOptions> = {},
): Promise<WasmStudent> {
  const { variant, precision, cull, threads, createThread, keepOutputs, smallTiles } = { ...DEFAULTS, ...options };
  const { config, face, body, image } = character;
  return WasmStudent.create(config, planStudent(config, face, body), image, {
    variant: chooseVariant(variant),
    precision,
    tiles: mapOfCharacter(character, cull),
    threads,
    createThread,
    keepOutputs,
    smallTiles,
  });
}

/** @throws {BackendError} where there is no WebAssembly SIMD */
export function chooseVariant(wanted: KernelVariant | 'best'): KernelVariant {
  const variant = wanted === 'best' ? bestVariant() : wanted;
  if (variant === null) throw new BackendError('wasm: expected WebAssembly with SIMD, got none; update the browser');
  return variant;
}
