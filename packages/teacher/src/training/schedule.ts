import type { Update } from './trainer.ts';

/** Learning rate over the progress of a run, 0..1. */
export type RateSchedule =
  /** Up from a twentieth in the first `warmUp` of the run, then down half a cosine wave to `floor` times the peak. */
  | { readonly kind: 'cosine'; readonly peak: number; readonly warmUp: number; readonly floor: number }
  /** `rate` before `until`; the last one goes to the end. */
  | { readonly kind: 'steps'; readonly steps: readonly { readonly until: number; readonly rate: number }[] };

/** What a network is trained with, over the progress of a run. */
export interface TrainingSchedule<L> {
  readonly rate: RateSchedule;
  /** Factors of the loss, and which of the sampling's sizes is used, before `until`; the last ones go to the end. */
  readonly losses: readonly { readonly until: number; readonly loss: L; readonly size?: number }[];
}

/** The update to make at some progress of a run, 0..1. */
export function updateAt<L>({ rate, losses }: TrainingSchedule<L>, progress: number): Update<L> {
  const { loss, size = 0 } = phaseAt(losses, progress);
  return { rate: rateAt(rate, progress), loss, size };
}

function rateAt(schedule: RateSchedule, progress: number): number {
  if (schedule.kind === 'steps') return phaseAt(schedule.steps, progress).rate;
  const { peak, warmUp, floor } = schedule;
  if (progress < warmUp) return peak * (0.05 + (0.95 * progress) / warmUp);
  const wave = 0.5 * (1 + Math.cos((Math.PI * (progress - warmUp)) / (1 - warmUp)));
  return peak * (floor + (1 - floor) * wave);
}

/** A boundary belongs to what follows it. */
function phaseAt<P extends { readonly until: number }>(phases: readonly P[], progress: number): P {
  return phases.find(({ until }) => progress < until) ?? phases.at(-1)!;
}
