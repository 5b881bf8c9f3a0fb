import type { CharacterPacking } from '@tha4/core';
import { InvalidArgumentError, Option } from 'commander';
import type { TargetForm } from './files/target.ts';
import { checkThreads, defaultThreads } from './render/node-threads.ts';
import { ENGINES, type Engine, type EngineChoice } from './render/painter.ts';

/** Options of every command. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly debug?: boolean;
}

/** Options of the commands that paint. */
export interface EngineOptions extends GlobalOptions {
  readonly engine: Engine;
  readonly threads?: number;
}

/** Options of `convert`. */
export interface ConvertOptions extends EngineOptions {
  readonly to?: TargetForm;
  readonly dtype?: string;
  readonly size?: 'small';
  readonly survey: boolean;
  readonly measure: boolean;
  readonly force?: boolean;
}

/** Options of `pose`. */
export interface PoseOptions extends EngineOptions {
  readonly pose?: string;
  readonly poses?: string;
  readonly out: string;
  readonly fps?: number;
  readonly background: string;
  readonly force?: boolean;
}

/** Options of `sheet`. */
export interface SheetOptions extends GlobalOptions {
  readonly mask?: string;
  readonly teacher?: string;
  readonly out: string;
  readonly background: string;
  readonly threads?: number;
  readonly force?: boolean;
}

/** A rectangle as the command line takes it. */
interface BoxOption {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Options of `prepare`. */
export interface PrepareOptions extends GlobalOptions {
  readonly out: string;
  readonly head?: BoxOption;
  readonly mask?: string;
  readonly leftEye?: BoxOption;
  readonly rightEye?: BoxOption;
  readonly mouth?: BoxOption;
  readonly force?: boolean;
}

/** Values of `--dtype`. */
export const DTYPES: Readonly<Record<string, Extract<CharacterPacking, string>>> = {
  int16: 'I16',
  fp32: 'F32',
  fp16: 'F16',
};

export function engineOption(): Option {
  return new Option('--engine <name>', 'what paints: wasm is fast, tfjs runs any student')
    .choices(ENGINES)
    .default('auto');
}

export function threadsOption(): Option {
  return new Option('--threads <number>', 'threads that paint (default: one a core, up to 8)').argParser(number);
}

/** What paints, of the options. @throws {UsageError} */
export function engineChoice({ engine, threads }: EngineOptions): EngineChoice {
  return { engine, threads: threads === undefined ? defaultThreads() : checkThreads(threads) };
}

/** Reads an option's number. */
export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new InvalidArgumentError('expected a number.');
  return value;
}

/** Reads an option's list, parted by commas; an option that is given again adds to it. */
export function list(text: string, before: readonly string[] | undefined): readonly string[] {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.includes('')) throw new InvalidArgumentError('expected names parted by commas.');
  return [...(before ?? []), ...parts];
}

/** Reads an option's box, `x,y,width,height`. */
export function box(text: string): BoxOption {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [left, top, width, height] = numbers as [number, number, number, number];
  if (numbers.length !== 4 || !numbers.every(Number.isFinite) || width <= 0 || height <= 0) {
    throw new InvalidArgumentError('expected x,y,width,height, four numbers as in 192,64,128,128.');
  }
  return { left, top, width, height };
}
