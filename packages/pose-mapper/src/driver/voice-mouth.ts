import { clamp, mix } from '../mapping/ramp.ts';
import { POSE } from '../pose/names.ts';
import { checkTime } from '../sample/check-sample.ts';
import type { VoiceSample, VowelWeights } from '../sample/face-sample.ts';
import type { DriverSettings } from './settings.ts';

const VOWELS: readonly (readonly [keyof VowelWeights, number])[] = [
  ['aaa', POSE.mouth_aaa],
  ['iii', POSE.mouth_iii],
  ['uuu', POSE.mouth_uuu],
  ['eee', POSE.mouth_eee],
  ['ooo', POSE.mouth_ooo],
];

/** How quickly the mouth goes from vowel to vowel (time constant). */
const VOWEL_MS = 28;

/** The mouth that lip-sync hears, laid over the tracked or idle one. */
export class VoiceMouth {
  #sample: VoiceSample | null = null;
  #amount = 0;
  readonly #vowels = new Float64Array(VOWELS.length);

  /** Takes what is heard. Numbers that are not finite count as silence. @throws RangeError on a time that is no number */
  take(sample: VoiceSample | null): void {
    if (sample !== null) checkTime(sample.timeMs, 'voice sample');
    this.#sample = sample;
  }

  /** Moves on and lays the vowels over `pose`. */
  apply(timeMs: number, deltaMs: number, settings: DriverSettings['voice'], pose: Float32Array): void {
    const heard = this.#sample;
    const fresh = heard !== null && timeMs - heard.timeMs <= settings.freshMs;
    const strength = fresh ? amountOf(heard.strength) : 0;
    const kept = settings.blendMs > 0 ? Math.exp((-3 * deltaMs) / settings.blendMs) : 0;
    this.#amount = strength + (this.#amount - strength) * kept;
    if (this.#amount < 1e-4) {
      this.#amount = 0;
      this.#vowels.fill(0);
      return;
    }
    const left = Math.exp(-deltaMs / VOWEL_MS);
    for (let i = 0; i < VOWELS.length; i++) {
      const [name, index] = VOWELS[i]!;
      const vowel = fresh ? amountOf(heard.vowels[name]) : 0;
      this.#vowels[i] = vowel + (this.#vowels[i]! - vowel) * left;
      pose[index] = mix(pose[index]!, this.#vowels[i]!, this.#amount);
    }
    pose[POSE.mouth_delta] = mix(pose[POSE.mouth_delta]!, 0, this.#amount);
  }
}

function amountOf(value: number): number {
  return Number.isFinite(value) ? clamp(value) : 0;
}
