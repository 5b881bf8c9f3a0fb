import { LipSync, type VoiceSample } from '@tha4/pose-mapper';

/** What can be listened to. */
export type VoiceSource = MediaStream | AudioNode;

/** The newest sound that is kept between two looks, samples: a third of a second. */
const KEPT = 16_384;

/** A voice that is listened to; it is not made audible. */
export class Voice {
  /** Settles when the sound is over; a node without an end of its own ends with `end`. */
  readonly ended: Promise<void>;
  readonly #context: BaseAudioContext;
  /** Whether the context was made here and goes with the voice. */
  readonly #owned: AudioContext | null;
  readonly #node: AudioNode;
  readonly #analyser: AnalyserNode;
  readonly #samples = new Float32Array(KEPT);
  readonly #lips: LipSync;
  #heard: number;
  #finish: () => void = () => undefined;

  constructor(source: VoiceSource) {
    this.#owned = source instanceof AudioNode ? null : new AudioContext();
    this.#context = source instanceof AudioNode ? source.context : this.#owned!;
    this.#node = source instanceof AudioNode ? source : this.#owned!.createMediaStreamSource(source);
    this.#analyser = new AnalyserNode(this.#context, { fftSize: KEPT });
    this.#node.connect(this.#analyser);
    this.#lips = new LipSync(this.#context.sampleRate);
    this.#heard = this.#context.currentTime;
    // Browsers keep a context silent until the page was used; a stream that plays already may go on at once.
    void this.#owned?.resume();
    this.ended = new Promise((resolve) => {
      this.#finish = resolve;
    });
    const over = (): void => this.#finish();
    if (source instanceof AudioNode) source.addEventListener('ended', over);
    else for (const track of source.getTracks()) track.addEventListener('ended', over);
  }

  /** What is said now. @param timeMs on the clock of `performance.now` */
  sample(timeMs: number): VoiceSample {
    const { currentTime, sampleRate } = this.#context;
    const fresh = Math.min(KEPT, Math.round((currentTime - this.#heard) * sampleRate));
    this.#heard = currentTime;
    if (fresh > 0) {
      this.#analyser.getFloatTimeDomainData(this.#samples);
      this.#lips.push(this.#samples.subarray(KEPT - fresh));
    }
    return this.#lips.voiceSample(timeMs);
  }

  end(): void {
    this.#node.disconnect(this.#analyser);
    void this.#owned?.close();
    this.#finish();
  }
}
