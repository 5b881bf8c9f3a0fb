import { type Character, encodeTileMap, MAP_TILE, type TileMap } from '@tha4/core';
import type { ThreadHandle } from '@tha4/kernels/threads';
import { allTiles, isVisible, type Tile } from '../tiles/visible-tiles.ts';
import { createWasmStudent } from './character-student.ts';
import { surveyPoses } from './survey-poses.ts';

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
  poses: 120,
  threads: 1,
  createThread: null,
  onProgress: () => undefined,
  signal: null,
};

/** Far from what has been seen, a pose looks at one tile of every square of this side. */
const LATTICE = 4;

/**
 * Finds the tiles of the picture in which a character can be seen in any pose.
 *
 * A character hangs together, so a pose paints the tiles around those in which something has been seen, and goes on from
 * what is new there. What floats apart is found by a lattice of tiles all over the rest, another one for each pose. The
 * face is painted once: it decides colours, and hardly where there is something. A survey is no proof: runtimes follow the
 * character wherever it goes from there.
 *
 * @throws {BackendError} where the kernels cannot run it; the signal's reason when it is aborted
 */
export async function surveyTiles(character: Character, options: Partial<SurveyOptions> = {}): Promise<TileMap> {
  const { poses, threads, createThread, onProgress, signal } = { ...DEFAULTS, ...options };
  const size = character.image.width;
  const side = Math.ceil(size / MAP_TILE);
  const tiles = allTiles(size);
  const visible = new Uint8Array(side * side);
  const student = await createWasmStudent(character, { cull: false, threads, createThread });
  const nextPose = surveyPoses();
  try {
    for (let done = 0; done < poses; done++) {
      signal?.throwIfAborted();
      const pose = nextPose();
      if (done === 0) student.paint(pose);
      const looked = new Uint8Array(side * side);
      const near = new Set(bordering(tiles, visible, visible));
      let wanted = tiles.filter(
        (tile, at) => visible[at] === 0 && (done === 0 || near.has(tile) || isOnLattice(tile, done)),
      );
      while (wanted.length > 0) {
        const frame = student.paintTiles(pose, wanted);
        const found = new Uint8Array(side * side);
        for (const tile of wanted) {
          const at = tile.row * side + tile.column;
          looked[at] = 1;
          if (isVisible(frame, size, tile)) visible[at] = found[at] = 1;
        }
        wanted = bordering(tiles, found, visible).filter(({ row, column }) => looked[row * side + column] === 0);
      }
      onProgress(done + 1, poses);
      await new Promise((resolve) => setTimeout(resolve)); // lets progress be shown, and signals in
    }
  } finally {
    student.dispose();
  }
  return encodeTileMap(visible, poses);
}

/** Sixteen lattices, by the pose's number, which together hold every tile. */
function isOnLattice({ row, column }: Tile, index: number): boolean {
  return row % LATTICE === Math.floor(index / LATTICE) % LATTICE && column % LATTICE === index % LATTICE;
}

/** Tiles that touch one of `marked`, also at a corner, and are not `visible` yet. */
function bordering(tiles: readonly Tile[], marked: Uint8Array, visible: Uint8Array): Tile[] {
  const side = Math.sqrt(marked.length);
  const near = new Uint8Array(marked.length);
  tiles.forEach(({ row, column }, at) => {
    if (marked[at] === 0) return;
    for (let r = Math.max(row - 1, 0); r <= Math.min(row + 1, side - 1); r++) {
      near.fill(1, r * side + Math.max(column - 1, 0), r * side + Math.min(column + 2, side));
    }
  });
  return tiles.filter((_, at) => near[at] === 1 && visible[at] === 0);
}
