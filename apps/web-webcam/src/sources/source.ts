import type { FaceSample, PoseDriver } from '@tha4/pose-mapper';

export const SOURCES = ['webcam', 'bridge', 'microphone', 'mouse', 'idle'] as const;
export type SourceName = (typeof SOURCES)[number];

/** What a source may do in the page that it is part of. */
export interface SourceHost {
  /** A face was seen at that time, `performance.now()` milliseconds; `null`: it was looked for, and there was none. */
  face(sample: FaceSample | null, capturedAt: number): void;
  /** Tells the driver of something else that was captured at that time, `performance.now()` milliseconds. */
  take(capturedAt: number, observe: (driver: PoseDriver) => void): void;
  /** Says how it goes, in plain words. */
  say(words: string): void;
}

/** Something that moves the character. */
export interface Source {
  /** Begins; a problem is said in words, and the character idles. */
  start(): Promise<void> | void;
  /** Ends, and gives back what it holds (a camera, a connection). */
  stop(): void;
}
