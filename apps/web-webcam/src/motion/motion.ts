import { neutralPose } from '@tha4/core';
import type { PoseDriver } from '@tha4/pose-mapper';
import { MovingMean } from './moving-mean.ts';

/** A pose and where it comes from. */
export interface DrivenPose {
  /** 45 numbers; changed in place by the next one. */
  readonly pose: Float32Array;
  /** When the newest thing that moved it was captured, `performance.now()` milliseconds; `null`: nothing did. */
  readonly capturedAt: number | null;
}

/**
 * Asks the driver for a pose before each repaint, and whenever something new has come: browsers stop repaints of a
 * hidden page, but not what comes from a worker, so the character goes on for whoever listens.
 */
export class Motion {
  readonly #driver: PoseDriver;
  readonly #onPose: (driven: DrivenPose) => void;
  readonly #pose = neutralPose();
  readonly #mapping = new MovingMean();
  #followed: Float32Array | null = null;
  #capturedAt: number | null = null;
  #paused = false;

  constructor(driver: PoseDriver, onPose: (driven: DrivenPose) => void) {
    this.#driver = driver;
    this.#onPose = onPose;
    const repaint = (): void => {
      requestAnimationFrame(repaint);
      this.#step();
    };
    requestAnimationFrame(repaint);
  }

  /** Mean time that observing and posing took lately, milliseconds; `null` before the first. */
  get mappingMs(): number | null {
    return this.#mapping.mean;
  }

  /** Lets `observe` tell the driver of something that was captured at that time. */
  take(capturedAt: number, observe: (driver: PoseDriver) => void): void {
    this.#mapping.add(timed(() => observe(this.#driver)));
    this.#capturedAt = capturedAt;
    if (document.hidden) this.#step();
  }

  /** Takes poses that come from elsewhere as they are; `null` gives the character back to the driver. */
  follow(pose: Float32Array | null): void {
    this.#followed = pose;
  }

  /** Nothing moves while something else poses the character, e.g. a recording that is being painted. */
  pause(paused: boolean): void {
    this.#paused = paused;
  }

  #step(): void {
    if (this.#paused) return;
    this.#mapping.add(timed(() => this.#driver.pose(performance.now(), this.#pose)));
    if (this.#followed !== null) this.#pose.set(this.#followed);
    this.#onPose({ pose: this.#pose, capturedAt: this.#capturedAt });
    this.#capturedAt = null;
  }
}

function timed(body: () => void): number {
  const start = performance.now();
  body();
  return performance.now() - start;
}
