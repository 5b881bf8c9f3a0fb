import type { VoiceSample } from '@tha4/pose-mapper';

/** What can be listened to. */
export type VoiceSource = MediaStream | AudioNode;

/** A voice that is listened to. */
export class Voice {
  readonly ended: Promise<void> = Promise.resolve();
  constructor(_source: VoiceSource) {}
  sample(_timeMs: number): VoiceSample | null {
    return null;
  }
  end(): void {}
}
