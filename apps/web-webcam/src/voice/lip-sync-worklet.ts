import { LipSync } from '@tha4/pose-mapper';
import { type Heard, LISTENER } from './voice-messages.ts';

// What an audio worklet has; TypeScript's DOM types leave it out.
declare const sampleRate: number;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };
declare function registerProcessor(name: string, processor: new () => object): void;

/** Blocks of 128 samples between two messages: about 10 ms at 48 kHz. */
const BLOCKS = 4;

class Listener extends AudioWorkletProcessor {
  readonly #lipSync = new LipSync(sampleRate);
  #blocks = 0;

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    const samples = input?.[0];
    if (samples === undefined) return true; // no microphone is connected yet
    this.#lipSync.push(samples);
    if (++this.#blocks % BLOCKS === 0) {
      const { vowels, strength } = this.#lipSync.voiceSample(0);
      this.port.postMessage({ vowels, strength, loudness: this.#lipSync.loudness } satisfies Heard);
    }
    return true;
  }
}

registerProcessor(LISTENER, Listener);
