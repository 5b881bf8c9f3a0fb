import { resolve } from 'node:path';
import { type CharacterQuality, encodePng, writeCharacter } from '@tha4/core';
import { bestVariant } from '@tha4/kernels';
import {
  createStateStore,
  createTrainers,
  type DistillEvent,
  type Distilled,
  differences,
  type Fingerprint,
  type FoundState,
  hashOf,
  listedPoses,
  type PoseStream,
  type RunRecipe,
  readPoseList,
  distill as runDistillation,
  runRecipe,
  STUDENT_SHAPES,
  StoppedError,
  sampledPoses,
  type WasmTrainers,
} from '@tha4/teacher/distill';
import { LIVE_SCRIPT } from '@tha4/teacher/report';
import { RECIPES, type TrainingRecipe } from '@tha4/teacher/training';
import { FileError, InterruptedError } from '../errors.ts';
import { readBytes } from '../files/read-file.ts';
import { openRunFolder, type RunFolder } from '../files/run-folder.ts';
import type { Reporter } from '../io.ts';
import { createTrainingThread, type Threads, withThreads } from '../render/node-threads.ts';
import { createPainter, paintImage } from '../render/painter.ts';
import { survey } from '../render/survey.ts';
import { type DistillFiles, makeTeacher, readDistillFiles } from './distill-inputs.ts';
import { type DistillConfig, fileName } from './distill-options.ts';
import { proofPicture } from './distill-proof.ts';
import { REPORT, RunReport } from './distill-report.ts';

/** What `distill` tells while it runs. */
export interface DistillReporter extends Reporter {
  readonly event: (event: DistillEvent) => void;
}

export interface DistillResult {
  readonly command: 'distill';
  readonly name: string;
  /** Paths. */
  readonly file: string;
  readonly report: string;
  readonly proofs: readonly string[];
  readonly bytes: number;
  readonly quality: CharacterQuality;
  readonly seconds: number;
  readonly plateau: boolean;
  /** Whether the result of a former run was still there. */
  readonly reused: boolean;
}

const PROOF = 'proof.png';
const COMPARISON = 'comparison.png';

/** Distils a picture into a character file, or goes on with that. */
export async function distill(
  config: DistillConfig,
  threads: number,
  reporter: DistillReporter,
): Promise<DistillResult> {
  const begun = performance.now();
  const files = await readDistillFiles(config);
  for (const note of [...config.notes, ...files.notes]) reporter.note(note);
  const fileNames = [`${fileName(config.name)}.tha`, REPORT, LIVE_SCRIPT, PROOF, COMPARISON];
  const folder = await openRunFolder(config.out, fileNames, files.sources, config.force);
  const training = trainingRecipe(config);
  const recipe = runRecipe(config.recipe, training, config.budgetSeconds);
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

  const report = new RunReport(folder, reportFacts(config, files, recipe, threads));
  await report.show(null, null);
  reporter.note(`Report: ${report.path} (open it in a browser: it shows the training by itself)`);
  const made = await startTrainers(training, config, files, threads, reporter);
  const teacher = makeTeacher(files, made.threads);
  const prepared = await teacher.prepare(files.image, files.mask, reporter.signal);
  const engine = { engine: 'auto', threads: made.threads.threads } as const;
  try {
    const distilled = await runDistillation({
      recipe,
      trainers: made.trainers,
      poseAt: poseStream(config, poseList),
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
  }
}

function trainingRecipe({ recipe: name, student }: DistillConfig): TrainingRecipe {
  const recipe = RECIPES[name];
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

function poseStream({ seed }: DistillConfig, list: Float32Array | null): PoseStream {
  return list === null ? sampledPoses(seed) : listedPoses(list, seed);
}

function fingerprintOf(
  { seed, recipe: name }: DistillConfig,
  { image, mask, teacherKey }: DistillFiles,
  recipe: TrainingRecipe,
  poses: Float32Array | null,
): Fingerprint {
  const { student, ...rest } = recipe;
  const text = (value: unknown): string => hashOf(new TextEncoder().encode(JSON.stringify(value)));
  return {
    picture: hashOf(image.data),
    mask: hashOf(mask.data),
    teacher: teacherKey,
    recipe: `${name} ${text(rest)}`,
    student: text(student),
    seed: String(seed),
    poses:
      poses === null ? 'published rules' : hashOf(new Uint8Array(poses.buffer, poses.byteOffset, poses.byteLength)),
    kernels: bestVariant() ?? 'none',
  };
}

/** The result of the same run where it is finished already. @throws {FileError} where another one is */
async function finishedRun(
  folder: RunFolder,
  fingerprint: Fingerprint,
  { force, budgetSeconds, out }: DistillConfig,
): Promise<DistillResult | null> {
  const run = await folder.read();
  if (run?.state !== 'done' || force) return null;
  const differs = differences(run.fingerprint, fingerprint);
  if (run.budgetSeconds !== budgetSeconds) {
    const words = (seconds: number | null): string => (seconds === null ? 'none' : `${seconds} s`);
    differs.push(`time: ${words(run.budgetSeconds)} there, ${words(budgetSeconds)} here`);
  }
  if (differs.length === 0) return { ...(run.result as DistillResult), reused: true };
  throw otherRun(`${out}: expected no result or that of the same run`, 'the result of another one', differs);
}

async function findState(
  store: ReturnType<typeof createStateStore>,
  fingerprint: Fingerprint,
  { force, resume, out }: DistillConfig,
): Promise<FoundState | null> {
  if (force) {
    await store.clear();
    return null;
  }
  let found: FoundState | null;
  try {
    found = await store.load();
  } catch (cause) {
    throw new FileError(`${(cause as Error).message}, or add --force`, { cause });
  }
  if (found === null) {
    if (resume) throw new FileError(`${out}: expected a run to go on with, got none; leave --resume out`);
    return null;
  }
  const differs = differences(found.state.fingerprint, fingerprint);
  if (differs.length > 0) throw otherRun(`${out}: expected the state of the same run`, 'that of another one', differs);
  return found;
}

function otherRun(expected: string, got: string, differs: readonly string[]): FileError {
  return new FileError(
    `${expected}, got ${got} (${differs.join('; ')}); name another --out, or add --force to begin afresh`,
  );
}

function reportFacts(
  config: DistillConfig,
  { words, provenance }: DistillFiles,
  recipe: RunRecipe,
  threads: number,
): ConstructorParameters<typeof RunReport>[1] {
  const teacher = config.teacher.kind === 'puppet' ? 'puppet (built in)' : `student ${config.teacher.path}`;
  return {
    name: config.name,
    summary: `Distilled from ${words.picture} with the ${config.recipe} recipe; the teacher is ${teacher}.`,
    settings: [
      ['Recipe', config.recipe],
      [
        'Student',
        `face ${recipe.student.face.widths.join(', ')}; body ${recipe.student.body.levels.map(({ size, widths }) => `${size} px ${widths.join(', ')}`).join('; ')}`,
      ],
      ['Teacher', teacher],
      ['Face mask', words.mask],
      ['Poses', config.poses ?? 'drawn by the published rules'],
      ['Seed', String(config.seed)],
      [
        'Time asked for',
        config.budgetSeconds === null ? 'none: the recipe says how much' : `${config.budgetSeconds} s`,
      ],
      ['Threads', String(threads)],
    ],
    provenance: [
      ['Picture', words.picture],
      ['Author', provenance.picture?.author ?? 'not said (--author)'],
      ['Licence of the picture', provenance.picture?.licence ?? 'not said (--licence)'],
      [
        'Licence of the teacher',
        config.teacher.kind === 'puppet' ? 'MIT' : (provenance.licence ?? 'that of the character'),
      ],
    ],
  };
}

/** The files of a finished run; its state goes last. */
async function writeResult(
  distilled: Distilled,
  folder: RunFolder,
  config: DistillConfig,
  report: RunReport,
  fingerprint: Fingerprint,
  clearState: () => Promise<void>,
): Promise<DistillResult> {
  const { character, heldOut, compare, status } = distilled;
  const name = `${fileName(config.name)}.tha`;
  const bytes = writeCharacter(character, 'I16');
  try {
    await folder.put(name, bytes);
    await folder.put(PROOF, await proofPicture(character, { engine: 'auto', threads: 1 }));
    await folder.put(COMPARISON, encodePng((await compare(heldOut.slice(0, 1)))[0]!));
    await report.finish(distilled, bytes, `npx -y pnpm@10 quickstart ${resolve(folder.at(name))}`);
    const result: DistillResult = {
      command: 'distill',
      name: config.name,
      file: folder.at(name),
      report: report.path,
      proofs: [folder.at(PROOF), folder.at(COMPARISON)],
      bytes: bytes.length,
      quality: character.manifest.quality!,
      seconds: Math.round(status.seconds),
      plateau: status.plateau,
      reused: false,
    };
    const { budgetSeconds } = config;
    await folder.write({ format: 'tha4-run', version: 1, state: 'done', fingerprint, budgetSeconds, result });
    await clearState();
    return result;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new FileError(`${error.message}\nThe training is done and saved: the same command writes the files again.`, {
      cause: error,
    });
  }
}
