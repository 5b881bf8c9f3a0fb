import type { Work } from './recipe.ts';

/** What a run is busy with. */
export type DistillPhase = 'frames' | 'training' | 'survey' | 'measuring' | 'writing';

/** What a run tells while it goes on. Numbers are plain, so that every event is a line of JSON. */
export type DistillEvent =
  | { readonly type: 'phase'; readonly phase: DistillPhase; readonly total: number | null }
  /** A step of a phase other than the training. */
  | { readonly type: 'step'; readonly phase: DistillPhase; readonly done: number; readonly total: number }
  | {
      readonly type: 'resumed';
      /** 0..1 */
      readonly progress: number;
      readonly seconds: number;
      /** What was wrong with newer states. */
      readonly damaged: readonly string[];
    }
  /** How much is still to be done, whenever that is settled anew. */
  | { readonly type: 'plan'; readonly progress: number; readonly work: Work; readonly secondsLeft: number | null }
  | {
      readonly type: 'progress';
      readonly progress: number;
      /** Work done so far, all sessions together. */
      readonly done: Work;
      readonly seconds: number;
      readonly secondsLeft: number | null;
      /** Output pixels learned from, a second. */
      readonly pixelsPerSecond: number;
      /** Of the last updates. */
      readonly faceLoss: number | null;
      readonly bodyLoss: number | null;
    }
  | { readonly type: 'quality'; readonly progress: number; readonly psnr: number; readonly facePsnr: number }
  | { readonly type: 'saved'; readonly progress: number; readonly bytes: number }
  /** A state could not be written; training goes on, and it is tried again. */
  | { readonly type: 'unsaved'; readonly message: string }
  | { readonly type: 'plateau'; readonly progress: number; readonly secondsLeft: number }
  | { readonly type: 'preview'; readonly path: string }
  | { readonly type: 'note'; readonly text: string };
