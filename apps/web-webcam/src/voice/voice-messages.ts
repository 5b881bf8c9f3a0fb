import type { VoiceSample } from '@tha4/pose-mapper';

/** What the worklet hears, a hundred times a second. */
export interface Heard extends Omit<VoiceSample, 'timeMs'> {
  /** 0..1, of the room's noise and the loudest of late. */
  readonly loudness: number;
}

/** The name under which the worklet's processor is known. */
export const LISTENER = 'tha4-lip-sync';
