import { cpus } from 'node:os';
import type { Character, CharacterManifest, Provenance, RgbaImage, TileMap } from '@tha4/core';
import type { PreparedTeacher, TeacherInfo } from '../teacher.ts';
import { comparison } from './comparison.ts';
import { assembleDistilled, type CharacterSource, characterQuality, packedCharacter } from './distilled-character.ts';
import {
  type CreatePainter,
  type Examined,
  Examiner,
  type MeanQuality,
  MOST_DECIBELS,
  meanQuality,
  restingQuality,
} from './exam.ts';
import { heldOutPoses, parameterPoses } from './held-out-poses.ts';
import { StoppedError } from './stopped.ts';
import type { TrainingInputs, TrainingStatus } from './training-inputs.ts';
import { TrainingRun } from './training-run.ts';

/** Everything that turns a picture and a teacher into a character. */
export interface DistillInputs
  extends Pick<
    TrainingInputs,
    | 'recipe'
    | 'trainers'
    | 'order'
    | 'store'
    | 'fingerprint'
    | 'found'
    | 'budgetSeconds'
    | 'spentSeconds'
    | 'emit'
    | 'signal'
    | 'now'
  > {
  readonly source: Omit<CharacterSource, 'provenance' | 'student'>;
  readonly teacher: PreparedTeacher;
  readonly teacherInfo: TeacherInfo;
  /** What is known of the picture and the licence; the rest of the provenance is added. */
  readonly provenance: Provenance;
  readonly seed: number;
  /** What trains, e.g. `WebAssembly kernels, 2 threads`. */
  readonly engine: string;
  readonly createPainter: CreatePainter;
  /** Finds out where a character can be seen; `null` where that cannot be done. */
  readonly survey: (character: Character) => Promise<TileMap | null>;
  /** Shows how the run stands; called every few seconds. */
  readonly show: (status: TrainingStatus, preview: Preview | null) => Promise<void>;
}

/** A pose as teacher and student paint it now; see `comparison`. */
export interface Preview {
  readonly name: string;
  readonly picture: RgbaImage;
}

/** A finished run. */
export interface Distilled {
  readonly character: Character;
  readonly status: TrainingStatus;
  /** Held-out poses drawn like those of the training; the quality in the character's manifest is that of these. */
  readonly heldOut: readonly Examined[];
  /** Each parameter alone. */
  readonly parameters: readonly Examined[];
  readonly mean: MeanQuality;
  /** What the resting picture scores on `heldOut`: the least that a student must beat. */
  readonly resting: MeanQuality;
  /** Comparisons for held-out poses; see `comparison`. */
  readonly compare: (examined: readonly Examined[]) => Promise<RgbaImage[]>;
}

/** Held-out poses of the last measurement. */
export const HELD_OUT = 16;
/** Of these, what is looked at on the way. */
const HELD_OUT_ON_THE_WAY = 3;
/** How many frames take as long to paint as the survey of 120 poses, and as comparing one pose once it is done. */
const SURVEY_FRAMES = 25;
const EXAM_FRAMES = 0.8;

/**
 * Trains a student, looks where it can be seen, and measures it.
 *
 * @throws {StoppedError} when the signal aborts
 */
export async function distill(inputs: DistillInputs): Promise<Distilled> {
  const { source, recipe, teacher, trainers, emit, signal, seed } = inputs;
  const poses = heldOutPoses(HELD_OUT);
  const single = parameterPoses();
  const examiner = new Examiner(teacher, inputs.createPainter, signal);
  const draft = { ...source, student: recipe.student, provenance: inputs.provenance };
  const some = poses.slice(0, HELD_OUT_ON_THE_WAY);
  const run = new TrainingRun({
    ...inputs,
    finishSeconds: () =>
      examiner.paintSeconds * (SURVEY_FRAMES + EXAM_FRAMES * (poses.length + single.length)) +
      examiner.teacherSeconds([...poses, ...single]),
    measure: (face, body) => examiner.psnr(assembleDistilled(draft, face, body), some),
    preview: async (face, body, status) => {
      // Another pose each time: one sees more.
      const pose = some[status.quality.length % some.length]!;
      const [student] = await examiner.studentFrames(assembleDistilled(draft, face, body), [pose]);
      const picture = comparison(await examiner.teacherFrame(pose), student!);
      await inputs.show(status, { name: pose.name, picture });
    },
  });
  try {
    const status = await run.train();
    await inputs.show(status, null);
    const face = trainers.face.weights();
    const body = trainers.body.weights();
    const provenance: Provenance = {
      ...inputs.provenance,
      teacher: { name: inputs.teacherInfo.name, licence: inputs.teacherInfo.licence },
      recipe: recipe.name,
      seed,
      steps: status.done.faceSteps + status.done.bodySteps,
      engine: inputs.engine,
      training: { ...status.done, plateau: status.plateau, machine: machineName() },
    };
    const trained = packedCharacter(assembleDistilled({ ...draft, provenance }, face, body));

    emit({ type: 'phase', phase: 'survey', total: null });
    const visibleTiles = await inputs.survey(trained);
    const seen = withManifest(trained, visibleTiles === null ? {} : { visibleTiles });

    const total = poses.length + single.length;
    emit({ type: 'phase', phase: 'measuring', total });
    const step = (before: number) => (done: number) =>
      emit({ type: 'step', phase: 'measuring', done: before + Math.floor(done), total });
    const heldOut = await examiner.examine(seen, poses, step(0));
    const parameters = await examiner.examine(seen, single, step(poses.length));
    const mean = meanQuality(heldOut);
    const resting = await restingQuality(source.image, poses, examiner);
    const quality = {
      ...characterQuality(mean, inputs.teacherInfo.name, poses.length),
      worstPsnr: Number(Math.min(MOST_DECIBELS, ...heldOut.map((each) => each.quality.frame.psnr)).toFixed(2)),
      restingPsnr: Number(resting.psnr.toFixed(2)),
    };
    const compare = async (examined: readonly Examined[]): Promise<RgbaImage[]> => {
      const students = await examiner.studentFrames(seen, examined);
      const teachers: RgbaImage[] = [];
      for (const each of examined) teachers.push(await examiner.teacherFrame(each));
      return teachers.map((frame, index) => comparison(frame, students[index]!));
    };
    const { seconds } = run.status();
    return {
      character: withManifest(seen, { quality, provenance: { ...provenance, wallSeconds: Math.round(seconds) } }),
      status: { ...status, seconds },
      heldOut,
      parameters,
      mean,
      resting,
      compare,
    };
  } catch (error) {
    if (!signal.aborted || error instanceof StoppedError) throw error;
    // While it is surveyed or measured the training is done and saved.
    throw new StoppedError('Stopped after the training; the state is saved.', run.progress(), true);
  }
}

function withManifest(character: Character, change: Partial<CharacterManifest>): Character {
  return { ...character, manifest: { ...character.manifest, ...change } };
}

/** The processor's name and number of cores: a number of seconds means nothing without it. */
function machineName(): string {
  const cores = cpus();
  return `${cores[0]?.model.trim() ?? 'unknown processor'}, ${cores.length} cores`;
}
