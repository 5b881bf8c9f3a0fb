import type { LossPoint, QualityPoint } from '../distill/history.ts';
import type { Work } from '../distill/recipe.ts';

/** A label and what stands beside it. */
export type ReportRow = readonly [label: string, value: string];

/** A picture of teacher, student and difference; see `comparison`. */
export interface ReportShot {
  readonly caption: string;
  readonly png: Uint8Array;
}

/** What a report shows, while a run goes on and at its end. */
export interface ReportData {
  readonly name: string;
  readonly state: 'running' | 'stopped' | 'done';
  /** One line below the name. */
  readonly summary: string;
  readonly progress: number;
  readonly seconds: number;
  readonly secondsLeft: number | null;
  readonly done: Work;
  readonly losses: readonly LossPoint[];
  readonly quality: readonly QualityPoint[];
  /** How the numbers are taken. */
  readonly convention: string;
  readonly preview: ReportShot | null;
  readonly result: ReportResult | null;
  readonly settings: readonly ReportRow[];
  readonly provenance: readonly ReportRow[];
}

/** What only a finished run has. */
export interface ReportResult {
  readonly psnr: number;
  readonly ssim: number;
  readonly facePsnr: number;
  readonly faceSsim: number;
  /** The resting picture's PSNR. */
  readonly restingPsnr: number;
  readonly fileBytes: number;
  readonly shots: readonly ReportShot[];
  readonly worst: readonly ReportShot[];
  /** Decibels of each parameter alone, over the frame and the face. */
  readonly parameters: readonly { readonly name: string; readonly psnr: number; readonly facePsnr: number }[];
  /** How to open the character. */
  readonly opening: string;
}
