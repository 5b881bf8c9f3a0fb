import { byId, fileName, type Report, type Stage, saveFile } from '@tha4/page';
import { FRAME_RATES, type PackedFormat } from './pack-frames.ts';
import { paintTrack } from './paint-track.ts';
import { MAX_FRAMES, PoseTrack } from './pose-track.ts';
import { canRecordVideo, VideoRecording } from './record-video.ts';

/** What recording needs from the page. */
export interface RecordHost {
  readonly stage: Stage;
  readonly canvas: HTMLCanvasElement;
  readonly report: Report;
  /** Nothing but the recording poses the character while it is painted again. */
  pause(paused: boolean): void;
}

const MIME: Readonly<Record<PackedFormat, string>> = { gif: 'image/gif', png: 'application/zip' };
const ENDING: Readonly<Record<PackedFormat, string>> = { gif: 'gif', png: 'zip' };
const TICK_MS = 250;

type Doing =
  | { readonly what: 'nothing' }
  | { readonly what: 'video'; readonly recording: VideoRecording; readonly since: number }
  | { readonly what: 'poses'; readonly format: PackedFormat; readonly track: PoseTrack; readonly since: number }
  | { readonly what: 'painting'; readonly stop: AbortController };

/**
 * Records what the character does: as video while it happens, or as poses that are painted again afterwards, every
 * frame of them and exactly.
 */
export class RecordPanel {
  readonly #host: RecordHost;
  readonly #format = byId('record-format', HTMLSelectElement);
  readonly #button = byId('record-button', HTMLButtonElement);
  readonly #line = byId('record-line', HTMLElement);
  readonly #progress = byId('record-progress', HTMLProgressElement);
  #doing: Doing = { what: 'nothing' };

  constructor(host: RecordHost) {
    this.#host = host;
    const webm = this.#format.querySelector<HTMLOptionElement>('option[value="webm"]')!;
    webm.disabled = !canRecordVideo();
    if (webm.disabled) this.#format.value = 'gif';
    this.#button.addEventListener('click', () => void this.#press());
    setInterval(() => this.#tick(), TICK_MS);
  }

  /** A pose was wished for. */
  note(timeMs: number, pose: Float32Array): void {
    if (this.#doing.what === 'poses') this.#doing.track.add(timeMs, pose);
  }

  async #press(): Promise<void> {
    const doing = this.#doing;
    try {
      if (doing.what === 'nothing') this.#begin();
      else if (doing.what === 'painting') doing.stop.abort();
      else if (doing.what === 'video') {
        this.#set({ what: 'nothing' });
        this.#save(await doing.recording.finish(), 'webm');
      } else await this.#paint(doing.track, doing.format);
    } catch (error) {
      this.#set({ what: 'nothing' });
      if ((error as Error).name === 'AbortError') this.#line.textContent = 'Cancelled; nothing was saved.';
      else this.#host.report(error);
    }
  }

  #begin(): void {
    const since = performance.now();
    const format = this.#format.value;
    if (format === 'webm') this.#set({ what: 'video', recording: new VideoRecording(this.#host.canvas), since });
    else this.#set({ what: 'poses', format: format as PackedFormat, track: new PoseTrack(), since });
  }

  async #paint(track: PoseTrack, format: PackedFormat): Promise<void> {
    const { stage, pause } = this.#host;
    const stop = new AbortController();
    this.#set({ what: 'painting', stop });
    pause(true);
    try {
      const paint = (pose: Float32Array) => stage.paint(pose);
      const show = (share: number): void => {
        this.#progress.value = share;
      };
      const bytes = await paintTrack(track.resample(FRAME_RATES[format]), format, paint, show, stop.signal);
      this.#set({ what: 'nothing' });
      this.#save(new Blob([bytes], { type: MIME[format] }), ENDING[format]);
    } finally {
      pause(false);
    }
  }

  #save(blob: Blob, ending: string): void {
    const name = `${fileName(this.#host.stage.character?.manifest.name ?? '')}.${ending}`;
    saveFile(blob, name);
    this.#line.textContent = `Saved ${name}, ${(blob.size / 1e6).toFixed(1)} MB.`;
  }

  #set(doing: Doing): void {
    this.#doing = doing;
    const { what } = doing;
    document.body.dataset.recording = what;
    this.#button.setAttribute('aria-pressed', String(what !== 'nothing'));
    byId('record-words', HTMLElement).textContent =
      what === 'nothing' ? 'Record' : what === 'painting' ? 'Cancel' : 'Stop';
    this.#format.disabled = what !== 'nothing';
    this.#progress.hidden = what !== 'painting';
    this.#progress.value = 0;
    this.#line.textContent = what === 'painting' ? 'Painting every frame of it once more, exactly.' : '';
  }

  #tick(): void {
    const doing = this.#doing;
    if (doing.what !== 'video' && doing.what !== 'poses') return;
    const seconds = (performance.now() - doing.since) / 1000;
    const longest = doing.what === 'poses' ? MAX_FRAMES / FRAME_RATES[doing.format] : Number.POSITIVE_INFINITY;
    if (seconds >= longest) void this.#press();
    else this.#line.textContent = `Recording, ${seconds.toFixed(0)} s`;
  }
}
