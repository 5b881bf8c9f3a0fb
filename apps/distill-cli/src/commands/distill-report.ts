import { type Character, encodePng, QUALITY_CONVENTION, type StudentConfig } from '@tha4/core';
import type { Distilled, Examined, Preview, TrainingStatus } from '@tha4/teacher/distill';
import {
  LIVE_SCRIPT,
  liveScript,
  type ReportData,
  type ReportResult,
  type ReportRow,
  type ReportShot,
  reportPage,
} from '@tha4/teacher/report';
import type { RunFolder } from '../files/run-folder.ts';
import { humanDecibels } from '../output/human.ts';
import type { TeacherChoice } from '../teacher/teacher-choice.ts';
import type { DistillFiles } from './distill-inputs.ts';
import type { DistillConfig } from './distill-options.ts';

/** Name of the report in the folder of a run. */
export const REPORT = 'report.html';

/** Pictures in a finished report, and how many of them are the worst. */
const SHOTS = 6;
const WORST = 2;

/** What a report says of a run from its beginning. */
export interface ReportFacts {
  readonly name: string;
  readonly summary: string;
  readonly settings: readonly ReportRow[];
  readonly provenance: readonly ReportRow[];
}

/** The report of one run: live while it goes on, one file at its end. */
export class RunReport {
  readonly #folder: RunFolder;
  readonly #facts: ReportFacts;
  #data: ReportData;
  #begun = false;

  constructor(folder: RunFolder, facts: ReportFacts) {
    this.#folder = folder;
    this.#facts = facts;
    this.#data = {
      ...facts,
      state: 'running',
      progress: 0,
      seconds: 0,
      secondsLeft: null,
      done: { frames: 0, faceSteps: 0, bodySteps: 0 },
      losses: [],
      quality: [],
      convention: QUALITY_CONVENTION,
      preview: null,
      result: null,
    };
  }

  get path(): string {
    return this.#folder.at(REPORT);
  }

  /** Shows how the run stands; the picture of before stays where there is no new one. */
  async show(status: TrainingStatus | null, preview: Preview | null): Promise<void> {
    const shot = preview === null ? this.#data.preview : { caption: preview.name, png: encodePng(preview.picture) };
    this.#data = { ...this.#data, ...status, preview: shot };
    await this.#write();
  }

  /** The run was stopped; the report says so, and what goes on. */
  async stop(): Promise<void> {
    this.#data = { ...this.#data, state: 'stopped', secondsLeft: null };
    this.#begun = false;
    await this.#write();
  }

  /** @param file bytes of the character's file @param opening how to open it */
  async finish(distilled: Distilled, file: Uint8Array, opening: string): Promise<void> {
    const { character, status } = distilled;
    this.#data = {
      ...this.#data,
      ...status,
      state: 'done',
      progress: 1,
      secondsLeft: null,
      preview: null,
      provenance: [...this.#facts.provenance, ...trainingRows(character)],
      result: await reportResult(distilled, file, opening),
    };
    await this.#folder.put(REPORT, reportPage(this.#data));
    // An open page notices that it is gone, and loads the finished report.
    await this.#folder.remove(LIVE_SCRIPT);
  }

  async #write(): Promise<void> {
    await this.#folder.put(LIVE_SCRIPT, liveScript(this.#data, Date.now()));
    if (!this.#begun) await this.#folder.put(REPORT, reportPage(this.#data));
    this.#begun = true;
  }
}

async function reportResult(distilled: Distilled, file: Uint8Array, opening: string): Promise<ReportResult> {
  const { heldOut, parameters, mean, resting, compare } = distilled;
  const byQuality = [...heldOut].sort((a, b) => a.quality.frame.psnr - b.quality.frame.psnr);
  const worst = byQuality.slice(0, WORST);
  const others = heldOut.filter((each) => !worst.includes(each)).slice(0, SHOTS);
  return {
    psnr: mean.psnr,
    ssim: mean.ssim,
    facePsnr: mean.facePsnr,
    faceSsim: mean.faceSsim,
    restingPsnr: resting.psnr,
    fileBytes: file.length,
    shots: await shots(others, compare),
    worst: await shots(worst, compare),
    parameters: parameters.map(({ name, quality }) => ({
      name,
      psnr: quality.frame.psnr,
      facePsnr: quality.face.psnr,
    })),
    opening,
  };
}

async function shots(examined: readonly Examined[], compare: Distilled['compare']): Promise<ReportShot[]> {
  const pictures = await compare(examined);
  return examined.map(({ name, quality }, index) => ({
    caption: `${name}: frame ${humanDecibels(quality.frame.psnr)}, face ${humanDecibels(quality.face.psnr)}`,
    png: encodePng(pictures[index]!),
  }));
}

function trainingRows({ manifest: { provenance } }: Character): ReportRow[] {
  const { training } = provenance as { training?: Record<string, unknown> };
  return [
    ['Updates', String(provenance.steps ?? '')],
    ['Engine', provenance.engine ?? ''],
    ['Machine', String(training?.machine ?? '')],
  ];
}

/** What a report says of a run from its beginning. */
export function reportFacts(
  config: DistillConfig,
  { words, provenance, official }: DistillFiles,
  { face, body }: StudentConfig,
  threads: number,
): ReportFacts {
  const teacher = teacherWords(config.teacher, official?.engine.words ?? '');
  return {
    name: config.name,
    summary: `Distilled from ${words.picture} with the ${config.recipe} recipe; the teacher is ${teacher}.`,
    settings: [
      ['Recipe', config.recipe],
      [
        'Student',
        `face ${face.widths.join(', ')}; body ${body.levels.map(({ size, widths }) => `${size} px ${widths.join(', ')}`).join('; ')}`,
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
        official?.teacher.info.licence ??
          (config.teacher.kind === 'puppet' ? 'MIT' : (provenance.licence ?? 'that of the character')),
      ],
    ],
  };
}

function teacherWords(teacher: TeacherChoice, engine: string): string {
  switch (teacher.kind) {
    case 'puppet':
      return 'puppet (built in)';
    case 'student':
      return `student ${teacher.path}`;
    case 'official':
      return `${teacher.system} (${engine})`;
  }
}
