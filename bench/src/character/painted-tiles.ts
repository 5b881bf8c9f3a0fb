import type { Character } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import type { PoseOfRound } from '../poses.ts';

/** Tiles of the picture that frames paint in some rounds, each `[side, side]`, 1 where it is painted. */
export async function tilesOfFrames(character: Character, pose: PoseOfRound, rounds: number): Promise<Uint8Array[]> {
  const student = await createWasmStudent(character);
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
