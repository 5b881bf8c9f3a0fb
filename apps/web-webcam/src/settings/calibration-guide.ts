import { byId } from '@tha4/page';
import {
  type Calibration,
  type CalibrationProgress,
  type CalibrationStep,
  createGuidedCalibration,
  type FaceSample,
  type GuidedCalibration,
} from '@tha4/pose-mapper';
import { beep } from './beep.ts';

const ASK: Readonly<Record<CalibrationStep, string>> = {
  neutral: 'Look straight, with a calm face',
  blink: 'Shut both eyes until it beeps',
  smile: 'Smile, with your eyes open',
  open: 'Open your mouth wide',
};

const UNCLEAR: Readonly<Record<CalibrationStep, string>> = {
  neutral: 'the calm face',
  blink: 'the shut eyes',
  smile: 'the smile',
  open: 'the open mouth',
};

/** Ten seconds in which the page learns how far this person's face moves: says what to do, and shows how long. */
export class CalibrationGuide {
  readonly #place = byId('guide', HTMLElement);
  readonly #words = byId('guide-words', HTMLElement);
  readonly #bar = byId('guide-progress', HTMLProgressElement);
  readonly #onDone: (calibration: Calibration, words: string) => void;
  #guided: GuidedCalibration | null = null;
  #step: CalibrationStep | null = null;

  /** @param onDone takes the result, and words about it for the person */
  constructor(onDone: (calibration: Calibration, words: string) => void) {
    this.#onDone = onDone;
    byId('guide-cancel', HTMLButtonElement).addEventListener('click', () => this.cancel());
  }

  begin(): void {
    this.#guided = createGuidedCalibration();
    this.#step = null;
    this.#place.hidden = false;
    this.#show(this.#guided.progress);
    byId('guide-cancel', HTMLButtonElement).focus();
  }

  cancel(): void {
    if (this.#guided === null) return;
    this.#guided = null;
    this.#place.hidden = true;
    byId('calibrate', HTMLButtonElement).focus();
  }

  /** Takes what the driver takes. @param sample `null`: no face */
  take(sample: FaceSample | null, timeMs: number): void {
    if (this.#guided === null) return;
    const progress = sample === null ? this.#guided.lost(timeMs) : this.#guided.observe(sample);
    this.#show(progress);
    if (progress.calibration === null) return;
    beep();
    this.cancel();
    this.#onDone(progress.calibration, doneWords(progress));
  }

  #show({ phase, step, progress }: CalibrationProgress): void {
    const words = phase === 'waiting' ? 'Look into the camera: no face is in sight' : ASK[step];
    // It is a live region: the same words again would be read again.
    if (this.#words.textContent !== words) this.#words.textContent = words;
    this.#bar.value = progress;
    if (this.#step !== null && this.#step !== step) beep();
    this.#step = step;
  }
}

function doneWords({ unclear }: CalibrationProgress): string {
  if (unclear.length === 0) return 'Calibrated to your face.';
  const missed = unclear.map((step) => UNCLEAR[step]).join(' and ');
  return `Calibrated, except for ${missed}, which was not clear. Those stay as usual; try again if they feel wrong.`;
}
