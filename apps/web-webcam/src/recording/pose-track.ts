import { interpolatePose } from '@tha4/core';

/** Longest recording that is painted afterwards, in frames: all of them lie in memory while they are packed. */
export const MAX_FRAMES = 900;

/** Poses as they came, to be painted again at an even pace: the recording is as smooth on a slow device as on a fast one. */
export class PoseTrack {
  readonly #times: number[] = [];
  readonly #poses: Float32Array[] = [];

  /** @param timeMs rising @param pose copied */
  add(timeMs: number, pose: Float32Array): void {
    if (timeMs <= (this.#times.at(-1) ?? Number.NEGATIVE_INFINITY)) return;
    this.#times.push(timeMs);
    this.#poses.push(pose.slice());
  }

  /** From the first pose to the last, milliseconds. */
  get durationMs(): number {
    return this.#times.length === 0 ? 0 : this.#times.at(-1)! - this.#times[0]!;
  }

  /** The poses at the times k / fps, between those that came; at most `MAX_FRAMES`, and one at least where one came. */
  resample(fps: number): Float32Array[] {
    const times = this.#times;
    if (times.length === 0) return [];
    const count = Math.min(MAX_FRAMES, Math.floor((this.durationMs * fps) / 1000) + 1);
    let next = 1;
    return Array.from({ length: count }, (_, k) => {
      const at = times[0]! + (k * 1000) / fps;
      while (next < times.length && times[next]! <= at) next++;
      const before = this.#poses[next - 1]!;
      if (next === times.length) return before;
      const share = (at - times[next - 1]!) / (times[next]! - times[next - 1]!);
      return interpolatePose(before, this.#poses[next]!, share);
    });
  }
}
