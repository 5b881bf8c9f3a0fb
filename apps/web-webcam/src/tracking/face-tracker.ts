import type { TrackedFrame, TrackerAnswer, TrackerRequest } from './tracker-messages.ts';
import TrackerWorker from './tracker-worker.ts?worker';

/** Not in TypeScript's DOM types; Chromium has it in pages. */
declare const MediaStreamTrackProcessor: {
  new (init: {
    readonly track: MediaStreamTrack;
    readonly maxBufferSize: number;
  }): { readonly readable: ReadableStream<VideoFrame> };
};

/** What a tracker tells its page. */
export interface TrackerEvents {
  readonly onFrame: (frame: TrackedFrame) => void;
  /** It cannot go on until it is made anew. */
  readonly onError: (error: Error) => void;
}

/** MediaPipe's face landmarker in a worker. It always looks at the newest frame; the page never waits for it. */
export class FaceTracker {
  readonly #worker: Worker = new TrackerWorker({ name: 'face tracker' });
  readonly #events: TrackerEvents;
  #loaded: { resolve(): void; reject(error: Error): void } | null = null;
  /** Called when the worker can take another frame; where frames are sent one by one. */
  #onIdle: () => void = () => undefined;
  /** Counts what is followed, so that a loop over an older one ends. */
  #turn = 0;

  constructor(events: TrackerEvents) {
    this.#events = events;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<TrackerAnswer>) => this.#take(data));
    this.#worker.addEventListener('error', ({ message }) => this.#fail(message || 'its script could not be loaded'));
  }

  /** Starts the landmarker. @param model the bytes of `face_landmarker.task` */
  load(model: Uint8Array): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#loaded = { resolve, reject };
      this.#ask({ type: 'load', model });
    });
  }

  /** Follows a camera in place of the last one. @param video an element that plays it */
  follow(track: MediaStreamTrack, video: HTMLVideoElement): void {
    this.rest();
    if (typeof MediaStreamTrackProcessor === 'undefined') {
      this.#sendFrames(video);
      return;
    }
    // Goes on in a hidden page too, since the worker reads the camera itself. One frame waits: the newest.
    const frames = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable;
    this.#ask({ type: 'frames', frames }, [frames]);
  }

  /** Looks at nothing until the next `follow`. */
  rest(): void {
    this.#turn++;
    this.#ask({ type: 'rest' });
  }

  /** Ends the worker. */
  dispose(): void {
    this.#turn++;
    this.#worker.terminate();
  }

  #sendFrames(video: HTMLVideoElement): void {
    const turn = this.#turn;
    const next = (): void => {
      if (turn !== this.#turn) return;
      video.requestVideoFrameCallback(async (now, { captureTime }) => {
        const frame = await createImageBitmap(video);
        if (turn !== this.#turn) return frame.close();
        this.#onIdle = next;
        const capturedAt = performance.timeOrigin + (captureTime ?? now);
        this.#ask({ type: 'frame', frame, capturedAt }, [frame]);
      });
    };
    next();
  }

  #take(answer: TrackerAnswer): void {
    switch (answer.type) {
      case 'loaded':
        this.#loaded?.resolve();
        this.#loaded = null;
        break;
      case 'failed':
        this.#fail(answer.message);
        break;
      case 'tracked': {
        this.#onIdle();
        const capturedAt = answer.frame.capturedAt - performance.timeOrigin;
        this.#events.onFrame({ ...answer.frame, capturedAt });
      }
    }
  }

  #fail(reason: string): void {
    const error = new Error(`face tracking: ${reason}; reload the page to try again`);
    if (this.#loaded === null) this.#events.onError(error);
    else this.#loaded.reject(error);
    this.#loaded = null;
  }

  #ask(request: TrackerRequest, moved: Transferable[] = []): void {
    this.#worker.postMessage(request, moved);
  }
}
