import { byId } from '@tha4/page';
import type { SourceHost } from '../sources/source.ts';
import workletUrl from './lip-sync-worklet.ts?worker&url';
import { type Heard, LISTENER } from './voice-messages.ts';

/** A microphone whose sound moves the mouth. The sound is listened to off the page's thread and goes nowhere else. */
export class Voice {
  readonly #take: SourceHost['take'];
  readonly #meter = byId('voice-level', HTMLMeterElement);
  #context: AudioContext | null = null;
  #stream: MediaStream | null = null;
  #turn = 0;

  constructor(take: SourceHost['take']) {
    this.#take = take;
  }

  /**
   * Opens the microphone.
   *
   * @param onEnd it was taken away
   * @returns false when it was stopped meanwhile
   * @throws {DOMException} where there is none, or it is not allowed
   */
  async start(onEnd: () => void): Promise<boolean> {
    const turn = ++this.#turn;
    if (navigator.mediaDevices === undefined) throw new DOMException('no media devices', 'InsecureContextError');
    const stream = await navigator.mediaDevices.getUserMedia({
      // What these do to a voice moves its formants.
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    const context = new AudioContext();
    const givenUp = (): boolean => {
      if (turn === this.#turn) return false;
      close(stream, context);
      return true;
    };
    await context.audioWorklet.addModule(workletUrl);
    if (givenUp()) return false;
    const listener = new AudioWorkletNode(context, LISTENER, { numberOfOutputs: 0 });
    listener.port.onmessage = ({ data }: MessageEvent<Heard>) => {
      if (turn === this.#turn) this.#hear(data);
    };
    context.createMediaStreamSource(stream).connect(listener);
    // A page that was not touched yet may not start sound; the first press does.
    if (context.state === 'suspended') addEventListener('pointerdown', () => void context.resume(), { once: true });
    stream.getAudioTracks()[0]!.addEventListener('ended', onEnd);
    this.#stream = stream;
    this.#context = context;
    return true;
  }

  /** Closes the microphone and gives the mouth back. */
  stop(): void {
    this.#turn++;
    if (this.#stream !== null && this.#context !== null) close(this.#stream, this.#context);
    this.#stream = null;
    this.#context = null;
    this.#meter.value = 0;
    this.#take(performance.now(), (driver) => driver.voice(null));
  }

  #hear({ vowels, strength, loudness }: Heard): void {
    const timeMs = performance.now();
    this.#take(timeMs, (driver) => driver.voice({ timeMs, vowels, strength }));
    this.#meter.value = loudness;
  }
}

function close(stream: MediaStream, context: AudioContext): void {
  for (const track of stream.getTracks()) track.stop();
  void context.close();
}
