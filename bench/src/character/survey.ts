import { availableParallelism } from 'node:os';
import type { Character } from '@tha4/core';
import { surveyTiles } from '@tha4/student/wasm';
import { createKernelThread } from '../node/create-thread.ts';

/** Poses of a survey; as many as a conversion looks at. */
const POSES = 240;

/** A character that has a map of its visible tiles: its own, or one that is made now. */
export async function surveyed(character: Character, note: (line: string) => void): Promise<Character> {
  if (character.manifest.visibleTiles !== undefined) return character;
  note(`its file has no map of visible tiles: looking at ${POSES} poses`);
  const visibleTiles = await surveyTiles(character, {
    poses: POSES,
    threads: availableParallelism(),
    createThread: createKernelThread,
    onProgress: (done, of) => {
      if (done % 40 === 0) note(`surveyed ${done} of ${of} poses`);
    },
  });
  return { ...character, manifest: { ...character.manifest, visibleTiles } };
}
