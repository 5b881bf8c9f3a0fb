// What tests measure in the page. Each function is sent to the page as text, so it stands alone.
import type { Page } from 'playwright-core';

/** A pose that was wished for. */
export interface WatchedPose {
  readonly at: number;
  /** When the newest thing that moved it was captured; `null`: nothing new did. */
  readonly capturedAt: number | null;
  readonly pose: readonly number[];
  readonly state: string;
}

/** What was seen in a page over some time; times are `performance.now()` milliseconds. */
export interface Watched {
  /** Poses as they were wished for. */
  readonly poses: readonly WatchedPose[];
  /** Frame numbers of the clip, read from its bar code in the preview. */
  readonly codes: readonly { readonly at: number; readonly frame: number }[];
  /**
   * Alpha-weighted mean column, in shares of the width, of the character's upper third, of each drawn frame; `at` is when
   * the camera's picture that it shows was captured. Frames that show nothing new are left out.
   */
  readonly heads: readonly { readonly at: number; readonly x: number }[];
}

/** Longer waits for drawn frames mean that nothing draws. */
const LONGEST_SECONDS = 200;

/** Watches a page for some seconds, and on until the character was drawn so often. */
export async function watch(page: Page, seconds: number, drawn = 0): Promise<Watched> {
  await page.evaluate(startWatching);
  await page.waitForTimeout(seconds * 1000);
  const enough = (count: number): boolean =>
    (globalThis as unknown as { watchedFrames(): number }).watchedFrames() >= count;
  await page.waitForFunction(enough, drawn, { timeout: LONGEST_SECONDS * 1000 });
  return page.evaluate(() => (globalThis as unknown as { stopWatching(): Watched }).stopWatching());
}

/** Durations of the main thread's tasks over 50 ms, milliseconds, while nothing but the page itself works. */
export function longTasks(page: Page, seconds: number): Promise<number[]> {
  return page.evaluate(async (ms) => {
    const durations: number[] = [];
    const tasks = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) durations.push(duration);
    });
    tasks.observe({ type: 'longtask' });
    await new Promise((resolve) => setTimeout(resolve, ms));
    tasks.disconnect();
    return durations;
  }, seconds * 1000);
}

function startWatching(): void {
  const poses: { at: number; capturedAt: number | null; pose: number[]; state: string }[] = [];
  const codes: { at: number; frame: number }[] = [];
  const heads: { at: number; x: number }[] = [];
  let watching = true;

  const onPose = ({ detail }: CustomEvent): void => {
    const { timeMs, capturedAt, pose, state } = detail;
    poses.push({ at: timeMs, capturedAt, pose: [...pose], state });
  };
  document.addEventListener('tha4:pose', onPose as EventListener);

  // Ten cells of 20 x 20 pixels from (10, 450): white, black, 7 bits (high first), even parity.
  const video = document.querySelector<HTMLVideoElement>('#self-video')!;
  const strip = new OffscreenCanvas(200, 1).getContext('2d', { willReadFrequently: true })!;
  const readCode = (_now: number, { captureTime }: VideoFrameCallbackMetadata): void => {
    if (!watching) return;
    video.requestVideoFrameCallback(readCode);
    strip.drawImage(video, 10, 460, 200, 1, 0, 0, 200, 1);
    const { data } = strip.getImageData(0, 0, 200, 1);
    const bits = Array.from({ length: 10 }, (_, cell) => (data[(cell * 20 + 10) * 4 + 1]! > 128 ? 1 : 0));
    const even = bits.slice(2).reduce<number>((sum, bit) => sum + bit, 0) % 2 === 0;
    if (bits[0] !== 1 || bits[1] !== 0 || !even || captureTime === undefined) return;
    codes.push({ at: captureTime, frame: bits.slice(2, 9).reduce<number>((number, bit) => number * 2 + bit, 0) });
  };
  video.requestVideoFrameCallback(readCode);

  const canvas = document.querySelector<HTMLCanvasElement>('#stage')!;
  const small = new OffscreenCanvas(64, 64).getContext('2d', { willReadFrequently: true })!;
  const onFrame = ({ detail }: CustomEvent): void => {
    if (detail.capturedAt === null) return;
    small.clearRect(0, 0, 64, 64);
    small.drawImage(canvas, 0, 0, 64, 64);
    const { data } = small.getImageData(0, 0, 64, 21);
    let [weight, sum] = [0, 0];
    for (let i = 0; i < data.length; i += 4) {
      weight += data[i + 3]!;
      sum += data[i + 3]! * (((i / 4) % 64) + 0.5);
    }
    heads.push({ at: detail.capturedAt, x: sum / weight / 64 });
  };
  document.addEventListener('tha4:frame', onFrame as EventListener);

  Object.assign(globalThis, {
    watchedFrames: () => heads.length,
    stopWatching: () => {
      watching = false;
      document.removeEventListener('tha4:pose', onPose as EventListener);
      document.removeEventListener('tha4:frame', onFrame as EventListener);
      return { poses, codes, heads };
    },
  });
}
