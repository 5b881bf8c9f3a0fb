import type { Opened } from '../seat.ts';

/** What the page of a contestant puts into its global scope. */
export interface BenchPage {
  /** Its first frame, which it paints at once. */
  readonly opened: Promise<Opened>;
  paint(pose: readonly number[]): Promise<number>;
}
