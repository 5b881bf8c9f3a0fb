import { bestVariant } from '@tha4/kernels';
import {
  createStateStore,
  createTrainers,
  type DistillEvent,
  type FrameOrder,
  listedPoses,
  readPoseList,
  distill as runDistillation,
  runRecipe,
  STUDENT_SHAPES,
  StoppedError,
  sampledPoses,
  type WasmTrainers,
  wholeFrames,
  windowedFrames,
} from '@tha4/teacher/distill';
import { faceCropOf, partOfRecipe, RECIPES, type TrainingRecipe } from '@tha4/teacher/training';
import { InterruptedError } from '../errors.ts';
import { readBytes } from '../files/read-file.ts';
import { openRunFolder } from '../files/run-folder.ts';
import type { Reporter } from '../io.ts';
import { createTrainingThread, type Threads, withThreads } from '../render/node-threads.ts';
import { createPainter, paintImage } from '../render/painter.ts';
import { survey } from '../render/survey.ts';
import { findState, fingerprintOf, finishedRun } from './distill-before.ts';
import { type DistillFiles, makeTeacher, readDistillFiles } from './distill-inputs.ts';
import type { DistillConfig } from './distill-options.ts';
import { RunReport, reportFacts } from './distill-report.ts';
import { type DistillResult, resultNames, writeResult } from './distill-result.ts';

/** What `distill` tells while it runs. */
export interface DistillReporter extends Reporter {
  readonly event: (event: DistillEvent) => void;
}

/** Distils a picture into a character file, or goes on with that. */
export async function distill(
  config: DistillConfig,
  threads: number,
  reporter: DistillReporter,
): Promise<DistillResult> {
  const begun = performance.now();
  const files = await readDistillFiles(config, reporter);
  for (const note of [...config.notes, ...files.notes]) reporter.note(note);
  const folder = await openRunFolder(config.out, resultNames(config), files.sources, config.force);
  const training = trainingRecipe(config);
  const poseList = config.poses === null ? null : readPoseList(await readBytes(config.poses), config.poses);
  const fingerprint = fingerprintOf(config, files, training, poseList);
  const finished = await finishedRun(folder, fingerprint, config);
  if (finished !== null) return finished;
  const store = createStateStore(folder.stateFolder);
  const found = await findState(store, fingerprint, config);
  await folder.write({
    format: 'tha4-run',
    version: 1,
    state: 'running',
    fingerprint,
    budgetSeconds: config.budgetSeconds,
    result: null,
  });

  const report = new RunReport(folder, reportFacts(config, files, training.student, threads));
  await report.show(null, null);
  reporter.note(`Report: ${report.path} (open it in a browser: it shows the training by itself)`);
  const made = await startTrainers(training, config, files, threads, reporter);
  const teacher = makeTeacher(files, made.threads);
  const prepared = await teacher.prepare(files.image, files.mask, reporter.signal);
  // Poses of a list are taken as they are, and a published recipe as it is.
  const windows = prepared.window !== undefined && poseList === null && training.windowedFrames > 0;
  const recipe = runRecipe(config.recipe, training, config.budgetSeconds, windows);
  const engine = { engine: 'auto', threads: made.threads.threads } as const;
  try {
    const distilled = await runDistillation({
      recipe,
      trainers: made.trainers,
      order: frameOrder(config, poseList, windows, training, files),
      store,
      fingerprint,
      found,
      budgetSeconds: config.budgetSeconds,
      spentSeconds: (performance.now() - begun) / 1000,
      emit: reporter.event,
      signal: reporter.signal,
      now: () => performance.now() / 1000,
      source: { name: config.name, image: files.image, imagePng: files.imagePng, maskPng: files.maskPng },
      teacher: prepared,
      teacherInfo: teacher.info,
      provenance: files.provenance,
      seed: config.seed,
      engine: `WebAssembly kernels (${made.threads.threads === 1 ? '1 thread' : `${made.threads.threads} threads`})`,
      createPainter: async (character) => {
        const painter = await createPainter(character, engine, () => {});
        return { paint: (pose) => paintImage(painter, character, pose), dispose: painter.dispose };
      },
      survey: (character) => survey(character, engine.threads, reporter),
      show: async (status, preview) => {
        await report.show(status, preview);
        if (preview !== null) reporter.event({ type: 'preview', path: report.path });
      },
    });
    reporter.event({ type: 'phase', phase: 'writing', total: null });
    return await writeResult(distilled, folder, config, report, fingerprint, () => store.clear());
  } catch (error) {
    if (!(error instanceof StoppedError || error instanceof InterruptedError)) throw error;
    await report.stop();
    const advice = error instanceof StoppedError && !error.saved ? '' : '\nThe same command goes on from there.';
    throw new InterruptedError(`${error.message}${advice}`);
  } finally {
    made.trainers.dispose();
    await prepared.dispose();
    await files.official?.dispose();
  }
}

function trainingRecipe({ recipe: name, student, work }: DistillConfig): TrainingRecipe {
  const recipe = partOfRecipe(RECIPES[name], work);
  return student === null ? recipe : { ...recipe, student: STUDENT_SHAPES[student] };
}

async function startTrainers(
  recipe: TrainingRecipe,
  config: DistillConfig,
  { image, mask }: DistillFiles,
  threads: number,
  { note }: DistillReporter,
): Promise<{ trainers: WasmTrainers; threads: Threads }> {
  const { seed } = config;
  return withThreads(threads, note, async (some) => {
    const createThread = some.createThread === null ? null : createTrainingThread;
    const setup = { seed, image, mask, variant: bestVariant() ?? 'plain', threads: some.threads, createThread };
    return { trainers: await createTrainers(recipe, setup), threads: some };
  });
}

function frameOrder(
  { seed }: DistillConfig,
  list: Float32Array | null,
  windows: boolean,
  { firstFrames, student }: TrainingRecipe,
  { image }: DistillFiles,
): FrameOrder {
  if (list !== null) return wholeFrames(listedPoses(list, seed));
  const poses = sampledPoses(seed);
  return windows ? windowedFrames(poses, seed, firstFrames, faceCropOf(student), image) : wholeFrames(poses);
}
