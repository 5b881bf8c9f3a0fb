import type { Character } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import type { PoseOfRound } from '../poses.ts';

/** Tiles of the picture that a frame paints, each set `[side, side]`, 1 where it is painted. */
export interface TilesOfFrame {
  /** On the CPU, tiles of 4x4 pixels. */
  readonly cpu: Uint8Array;
  /** On a GPU, tiles of the map. */
  readonly gpu: Uint8Array;
}

/** Tiles that frames paint in some rounds. */
export async function tilesOfFrames(
  character: Character,
  pose: PoseOfRound,
  rounds: number,
): Promise<readonly TilesOfFrame[]> {
  const [cpu, gpu] = [await tilesOf(character, pose, rounds, true), await tilesOf(character, pose, rounds, false)];
  return cpu.map((tiles, i) => ({ cpu: tiles, gpu: gpu[i]! }));
}

async function tilesOf(
  character: Character,
  pose: PoseOfRound,
  rounds: number,
  smallTiles: boolean,
): Promise<Uint8Array[]> {
  const student = await createWasmStudent(character, { smallTiles });
  student.paint(Float32Array.from(pose(0))); // the first frame, which paints more, is everybody's warm-up
  const frames = Array.from({ length: rounds }, (_, i) => {
    student.paint(Float32Array.from(pose(i + 1)));
    return student.paintedTiles;
  });
  student.dispose();
  return frames;
}

/** Share of the picture that some tiles are, 0..1. */
export function shareOf(tiles: Uint8Array): number {
  return tiles.reduce((sum, tile) => sum + tile, 0) / tiles.length;
}
