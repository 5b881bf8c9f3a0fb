import { modelToImage, type RgbaImage } from '@tha4/core';
import type { Reporter } from '../io.ts';
import { withThreads } from '../render/node-threads.ts';
import { createPainter, type EngineChoice, paintImage } from '../render/painter.ts';
import { chooseSitting } from '../sheet/choose-teacher.ts';
import type { OfficialSettings } from '../teacher/teacher-options.ts';
import { readCharacterInput } from './read-character-input.ts';

/** Something that can be painted in any pose. */
export interface PoseSubject {
  readonly name: string;
  /** Side of its frames, pixels. */
  readonly size: number;
  /** Files that were read. */
  readonly sources: readonly string[];
  /** Starts whatever paints it. */
  readonly start: () => Promise<SubjectPainter>;
}

export interface SubjectPainter {
  readonly engine: string;
  readonly paint: (pose: Float32Array) => Promise<RgbaImage>;
  readonly dispose: () => Promise<void>;
}

/** What is to be posed, and by whom. */
export interface SubjectChoice {
  /** A character, or with a teacher also a picture. */
  readonly input: string;
  /** `null`: the character's own student. */
  readonly teacher: string | null;
  readonly painter: EngineChoice;
  readonly official: OfficialSettings;
}

/** Opens a character with its student, or a picture with a teacher. */
export async function poseSubject(choice: SubjectChoice, reporter: Reporter): Promise<PoseSubject> {
  const { input, teacher, painter: engine, official } = choice;
  if (teacher === null) {
    const { character, sources } = await readCharacterInput(input);
    return {
      name: character.manifest.name,
      size: character.image.width,
      sources,
      start: async () => {
        const painter = await createPainter(character, engine, reporter.note);
        return { ...painter, paint: (pose) => paintImage(painter, character, pose) };
      },
    };
  }
  const sitting = await chooseSitting({ input, teacher, mask: null, official }, reporter);
  return {
    name: sitting.name,
    size: sitting.image.width,
    sources: sitting.sources,
    start: async () => {
      const { info, prepared } = await withThreads(engine.threads, reporter.note, async (threads) => {
        const chosen = sitting.teacher(threads);
        return { info: chosen.info, prepared: await chosen.prepare(sitting.image, sitting.mask, reporter.signal) };
      });
      return {
        engine: sitting.engine ?? info.name,
        paint: async (pose) => {
          const { posed, size } = await prepared.pose([pose], reporter.signal);
          return modelToImage(posed, size, size);
        },
        dispose: async () => {
          await prepared.dispose();
          await sitting.dispose();
        },
      };
    },
  };
}
