import { ease } from '../mapping/ramp.ts';
import type { FacePart } from '../sample/face-sample.ts';
import { PARTS } from './parts.ts';
import type { DriverSettings } from './settings.ts';

/** Without a word from the source, neither a face nor none, the face counts as there for so long: slow computers track at 2 frames a second. */
const SILENCE_MS = 1000;

/** A page that was hidden draws after a long pause: its face still fades in. */
const LONGEST_STEP_MS = 100;

/** How much each part is driven by the tracker, and how that comes and goes. */
export class Presence {
  /** Linear 0..1, for each of `PARTS`. */
  readonly #levels = new Float64Array(PARTS.length);
  readonly #driven = new Uint8Array(PARTS.length);
  #faceMs = Number.NEGATIVE_INFINITY;
  #lostMs = Number.NEGATIVE_INFINITY;

  /** Forgets when a face was seen; what is left of it fades out. */
  forget(): void {
    this.#faceMs = this.#lostMs = Number.NEGATIVE_INFINITY;
  }

  seen(timeMs: number, parts: readonly FacePart[] | undefined): void {
    this.#faceMs = timeMs;
    for (let i = 0; i < PARTS.length; i++) this.#driven[i] = parts === undefined || parts.includes(PARTS[i]!) ? 1 : 0;
  }

  lost(timeMs: number): void {
    if (timeMs > this.#faceMs) this.#lostMs = timeMs;
  }

  /** Whether a face drives at a time: seen lately, or lost for less than the hold. */
  isTracking(timeMs: number, holdMs: number): boolean {
    const patience = this.#lostMs > this.#faceMs ? holdMs : Math.max(holdMs, SILENCE_MS);
    return timeMs - this.#faceMs <= patience;
  }

  /** Moves on by `deltaMs` to `timeMs`. */
  advance(timeMs: number, deltaMs: number, { holdMs, fadeMs, returnMs }: DriverSettings['loss']): void {
    const tracking = this.isTracking(timeMs, holdMs);
    for (let i = 0; i < PARTS.length; i++) {
      const rising = tracking && this.#driven[i] === 1;
      const step = rising ? Math.min(deltaMs, LONGEST_STEP_MS) / Math.max(1, returnMs) : deltaMs / Math.max(1, fadeMs);
      this.#levels[i] = Math.min(1, Math.max(0, this.#levels[i]! + (rising ? step : -step)));
    }
  }

  /** 0 (idle) to 1 (the tracker), eased, of the part at a place of `PARTS`. */
  weight(part: number): number {
    return ease(this.#levels[part]!);
  }

  /** Whether nothing of the tracker is left. */
  get isGone(): boolean {
    return this.#levels.every((level) => level === 0);
  }
}
