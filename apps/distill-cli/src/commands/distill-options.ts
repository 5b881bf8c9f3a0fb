import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StudentShape } from '@tha4/teacher/distill';
import type { RecipeName } from '@tha4/teacher/training';
import { UsageError } from '../errors.ts';
import { readOriginalConfig } from './distill-config.ts';

/** What trains; only what exists works, and the others say what stands in the way. */
export const BACKENDS = ['auto', 'cpu', 'cuda', 'webgpu'] as const;
export type Backend = (typeof BACKENDS)[number];

/** Options of `distill` as they were typed. */
export interface DistillOptions {
  readonly teacher: string;
  readonly recipe: RecipeName;
  readonly student?: StudentShape;
  readonly mask?: string;
  readonly out?: string;
  readonly name?: string;
  readonly author?: string;
  readonly licence?: string;
  readonly backend: Backend;
  readonly seed?: number;
  readonly time?: string;
  readonly work?: string;
  readonly poses?: string;
  readonly config?: string;
  readonly threads?: number;
  readonly resume?: boolean;
  readonly force?: boolean;
}

/** What `distill` is to do. */
export interface DistillConfig {
  readonly picture: string;
  readonly mask: string | null;
  readonly isDemo: boolean;
  readonly name: string;
  /** Folder. */
  readonly out: string;
  readonly teacher: { readonly kind: 'puppet' } | { readonly kind: 'student'; readonly path: string };
  readonly recipe: RecipeName;
  /** `null`: the recipe's. */
  readonly student: StudentShape | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly seed: number;
  readonly budgetSeconds: number | null;
  /** Part of the recipe's work, above 0 up to 1; 1 where a time says how much. */
  readonly work: number;
  /** A file of poses to train with, or `null` for the published rules. */
  readonly poses: string | null;
  /** Whether there must be a state to go on from. */
  readonly resume: boolean;
  readonly force: boolean;
  readonly notes: readonly string[];
}

const DEMO = {
  name: 'Aurelia',
  picture: import.meta.resolve('@tha4/demo-character/character.png'),
  mask: import.meta.resolve('@tha4/demo-character/face_mask.png'),
} as const;

/** Makes a plan of the options. @throws {UsageError | FileError} */
export async function distillConfig(picture: string | undefined, options: DistillOptions): Promise<DistillConfig> {
  checkBackend(options.backend);
  const original = options.config === undefined ? null : await readOriginalConfig(options.config);
  if (picture !== undefined && original?.picture && resolve(picture) !== resolve(original.picture)) {
    throw new UsageError(`distill: expected one picture, got ${picture} and ${original.picture} of ${options.config}`);
  }
  const given = picture ?? original?.picture ?? null;
  const isDemo = given === null;
  const name = options.name ?? (isDemo ? DEMO.name : nameOf(given));
  const out = options.out ?? join(original?.prefix ?? 'out', fileName(name));
  const mask = options.mask ?? original?.mask ?? (isDemo ? fileURLToPath(DEMO.mask) : null);
  return {
    picture: given ?? fileURLToPath(DEMO.picture),
    mask,
    isDemo,
    name,
    out,
    teacher: parseTeacher(options.teacher),
    recipe: options.recipe,
    student: options.student ?? null,
    author: options.author ?? null,
    licence: options.licence ?? (isDemo ? 'CC0-1.0' : null),
    seed: checkSeed(options.seed ?? original?.seed ?? 0),
    budgetSeconds: options.time === undefined ? null : parseTime(options.time),
    work: parseWork(options),
    poses: options.poses ?? null,
    resume: options.resume === true,
    force: options.force === true,
    notes: original?.notes ?? [],
  };
}

/** Reads `--time`: `90s`, `10m`, `1h30m`. @returns seconds @throws {UsageError} */
export function parseTime(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] =
    /^(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m)?(?:(\d+(?:\.\d+)?)s)?$/.exec(text.trim().toLowerCase()) ?? [];
  const total = 3600 * Number(hours) + 60 * Number(minutes) + Number(seconds);
  if (total >= 10 && total <= 100 * 24 * 3600) return total;
  throw new UsageError(`--time: expected a time of at least 10s such as 90s, 10m or 1h30m, got '${text}'`);
}

/** Reads `--work`: `5%`. @returns 0.05 @throws {UsageError} */
function parseWork({ work, time }: DistillOptions): number {
  if (work === undefined) return 1;
  if (time !== undefined) {
    throw new UsageError('distill: expected --time or --work, got both; one of them says how much is trained');
  }
  const part = Number(/^(\d+(?:\.\d+)?)%$/.exec(work.trim())?.[1]) / 100;
  if (part > 0 && part <= 1) return part;
  throw new UsageError(`--work: expected a part of the recipe's work, above 0% up to 100%, got '${work}'`);
}

function parseTeacher(text: string): DistillConfig['teacher'] {
  if (text === 'puppet') return { kind: 'puppet' };
  const [, path] = /^student:(.+)$/.exec(text) ?? [];
  if (path !== undefined) return { kind: 'student', path };
  if (text === 'tha4' || text === 'tha3') {
    throw new UsageError(
      `--teacher ${text}: expected a teacher that is built in, got the official networks, which cannot be run yet; use puppet or student:FILE`,
    );
  }
  throw new UsageError(`--teacher: expected puppet or student:FILE, got '${text}'`);
}

function checkBackend(backend: Backend): void {
  if (backend === 'auto' || backend === 'cpu') return;
  const why = {
    cuda: 'training on CUDA needs @tensorflow/tfjs-node-gpu, which this version cannot use yet',
    webgpu: 'training on WebGPU is not built yet',
  }[backend];
  throw new UsageError(`--backend ${backend}: ${why}; leave it out, and the CPU trains`);
}

function checkSeed(seed: number): number {
  if (Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32) return seed;
  throw new UsageError(`--seed: expected a whole number from 0 to ${2 ** 32 - 1}, got ${seed}`);
}

/** The picture's name without its ending; where that says nothing, its folder's. */
function nameOf(picture: string): string {
  const stem = basename(picture).replace(/\.[^.]*$/, '');
  const folder = basename(dirname(resolve(picture)));
  return /^(character|char|image|picture)$/i.test(stem) && folder !== '' ? folder : stem;
}

/** A name as part of a path. */
export function fileName(name: string): string {
  const plain = name
    .replace(/[^\p{L}\p{N} .()+_-]/gu, '_')
    .replace(/^[. ]+/, '')
    .slice(0, 100);
  return plain === '' ? 'character' : plain;
}
