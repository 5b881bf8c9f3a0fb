import { type Character, decodeTileMap, Tha4Error, type TileMap } from '@tha4/core';
import { shareOfMap, surveyTiles } from '@tha4/student/wasm';
import { InterruptedError } from '../errors.ts';
import type { Progress, Reporter } from '../io.ts';
import { withThreads } from './node-threads.ts';

/** How many poses are looked at. */
export const SURVEY_POSES = 120;

/**
 * Finds out where a character can be seen, so that runtimes paint only there.
 *
 * @returns `null` where the kernels cannot run it, which is said
 * @throws {InterruptedError}
 */
export async function survey(character: Character, threads: number, reporter: Reporter): Promise<TileMap | null> {
  const { signal, note } = reporter;
  const progress: Progress = reporter.progress('Looking where it can be seen', SURVEY_POSES);
  try {
    return await withThreads(threads, note, async (options) => {
      try {
        return await surveyTiles(character, {
          ...options,
          poses: SURVEY_POSES,
          onProgress: () => progress.step(),
          signal,
        });
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new InterruptedError('Stopped while looking where it can be seen; nothing was written.');
      }
    });
  } catch (error) {
    if (!(error instanceof Tha4Error)) throw error;
    note(`It is kept without a map of where it can be seen: ${error.message}`);
    return null;
  } finally {
    progress.stop();
  }
}

/** Share of the picture that a first frame paints, guard band included, 0..1; later ones paint less; `null` where the file does not know. */
export function paintedShare({ manifest, image }: Character): number | null {
  const map = manifest.visibleTiles;
  return map === undefined ? null : shareOfMap(decodeTileMap(map, image.width, manifest.name));
}
