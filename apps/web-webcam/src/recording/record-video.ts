/** Best first: both keep alpha in Chromium; VP9 is smaller. */
const TYPES = ['video/webm;codecs=vp9', 'video/webm;codecs=vp8', 'video/webm'];
const FRAMES_PER_SECOND = 30;
const BITS_PER_SECOND = 8_000_000;

/** Whether this browser can record a canvas as WebM. */
export function canRecordVideo(): boolean {
  return videoType() !== null;
}

/** Records a canvas with its alpha, as it is drawn. */
export class VideoRecording {
  readonly #recorder: MediaRecorder;
  readonly #parts: Blob[] = [];

  constructor(canvas: HTMLCanvasElement) {
    const stream = canvas.captureStream(FRAMES_PER_SECOND);
    this.#recorder = new MediaRecorder(stream, { mimeType: videoType()!, videoBitsPerSecond: BITS_PER_SECOND });
    this.#recorder.addEventListener('dataavailable', ({ data }) => this.#parts.push(data));
    this.#recorder.start(1000);
  }

  /** Ends it and gives the file. */
  async finish(): Promise<Blob> {
    const stopped = new Promise((resolve) => this.#recorder.addEventListener('stop', resolve, { once: true }));
    this.#recorder.stop();
    await stopped;
    for (const track of this.#recorder.stream.getTracks()) track.stop();
    return new Blob(this.#parts, { type: 'video/webm' });
  }
}

function videoType(): string | null {
  if (typeof MediaRecorder === 'undefined') return null;
  return TYPES.find((type) => MediaRecorder.isTypeSupported(type)) ?? null;
}
