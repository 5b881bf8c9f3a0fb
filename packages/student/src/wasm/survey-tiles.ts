import {
  type Character,
  encodeTileMap,
  POSE_PARAMETERS,
  POSE_SIZE,
  type Random,
  randomPose,
  type TileMap,
} from '@tha4/core';
import { createWasmStudent } from './character-student.ts';
import type { ThreadHandle } from './thread-team.ts';
import { MOST_WEIGHT } from './usual-pose.ts';
import { allTiles, isVisible, type Tile } from './visible-tiles.ts';

/** How a survey is done. */
export interface SurveyOptions {
  /** How many poses to look at: plausible and exaggerated ones, head and body also at their limits. */
  readonly poses: number;
  readonly threads: number;
  readonly createThread: (() => ThreadHandle) | null;
  /** Called after each pose. */
  readonly onProgress: (done: number, of: number) => void;
  readonly signal: AbortSignal | null;
}

const DEFAULTS: SurveyOptions = {
  poses: 240,
  threads: 1,
  createThread: null,
  onProgress: () => undefined,
  signal: null,
};

/**
 * Finds the tiles of the picture in which a character can be seen in any pose. Each pose paints only tiles in which
 * nothing has been seen yet. A survey is no proof: runtimes add a guard band, and look whether it stays empty.
 */
export async function surveyTiles(character: Character, options: Partial<SurveyOptions> = {}): Promise<TileMap> {
  const { poses, threads, createThread, onProgress, signal } = { ...DEFAULTS, ...options };
  const size = character.image.width;
  const student = await createWasmStudent(character, { cull: false, threads, createThread });
  let unseen: readonly Tile[] = allTiles(size);
  const random = mulberry32(1);
  try {
    for (let done = 0; done < poses; done++) {
      signal?.throwIfAborted();
      const frame = student.paint(surveyPose(done, random));
      unseen = unseen.filter((tile) => !isVisible(frame, size, tile));
      student.paintOnly(unseen);
      onProgress(done + 1, poses);
      await new Promise((resolve) => setTimeout(resolve)); // lets progress be shown, and signals in
    }
  } finally {
    student.dispose();
  }
  const side = Math.ceil(size / 8);
  const visible = new Uint8Array(side * side).fill(1);
  for (const { row, column } of unseen) visible[row * side + column] = 0;
  return encodeTileMap(visible, poses);
}

/** Neutral first; then plausible poses, every second with head and body at their limits, every third exaggerated. */
function surveyPose(index: number, random: Random): Float32Array {
  if (index === 0) return new Float32Array(POSE_SIZE);
  const pose = randomPose(random);
  const stretch = index % 3 === 0 ? MOST_WEIGHT : 1;
  for (const { index: at, min, max, category } of POSE_PARAMETERS) {
    if (category === 'face') pose[at] = Math.max(min, Math.min(max, pose[at]! * stretch));
    else if (index % 2 === 0) pose[at] = random() < 0.5 ? min : max;
  }
  return pose;
}

/** A small seeded generator: a survey of the same character is the same survey. */
function mulberry32(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
