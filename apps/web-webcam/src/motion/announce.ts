import type { DriverState } from '@tha4/pose-mapper';

/** What an event `tha4:pose` of the document carries. */
export interface AnnouncedPose {
  /** `performance.now()` milliseconds. */
  readonly timeMs: number;
  /** 45 numbers; changed in place by the next one. */
  readonly pose: Float32Array;
  /** When the newest thing that moved it was captured, on the same clock; `null`: nothing new did. */
  readonly capturedAt: number | null;
  readonly state: DriverState;
}

/** What an event `tha4:frame` of the document carries. */
export interface AnnouncedFrame {
  /** When it was on the canvas, `performance.now()` milliseconds. */
  readonly timeMs: number;
  /** When the newest thing that it shows was captured, on the same clock; `null`: nothing new. */
  readonly capturedAt: number | null;
}

/** Tells whoever listens, such as tests and extensions, that a frame was drawn. */
export function announceFrame(frame: AnnouncedFrame): void {
  document.dispatchEvent(new CustomEvent<AnnouncedFrame>('tha4:frame', { detail: frame }));
}

/** Tells them which pose the character is to take. */
export function announcePose(pose: AnnouncedPose): void {
  document.dispatchEvent(new CustomEvent<AnnouncedPose>('tha4:pose', { detail: pose }));
}
