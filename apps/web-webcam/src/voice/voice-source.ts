import { byId } from '@tha4/page';
import { mediaProblem } from '../camera/camera-words.ts';
import type { Source, SourceHost } from '../sources/source.ts';
import type { Voice } from './voice.ts';

const ENDED = 'The microphone stopped: it was unplugged or turned off. Choose it again when it is back.';

/** A voice alone: the mouth speaks, the rest idles. */
export function voiceSource({ say }: SourceHost, voice: Voice): Source {
  const fail = (words: string): void => {
    voice.stop();
    document.body.dataset.tracking = 'error';
    say(words);
  };
  return {
    start: async () => {
      say('Waiting for the microphone. Your browser may ask you whether this page may use it.');
      try {
        if (!(await voice.start(() => fail(ENDED)))) return;
        document.body.dataset.tracking = 'face';
        say('Speak: the mouth follows your voice, the rest idles.');
      } catch (error) {
        fail(mediaProblem(error, 'microphone'));
      }
    },
    stop: () => voice.stop(),
  };
}

/** Lets the voice move the mouth while a camera moves the rest. */
export function bindVoiceWithWebcam(voice: Voice, say: SourceHost['say']): { stop(): void } {
  const box = byId('voice-too', HTMLInputElement);
  const stop = (): void => {
    box.checked = false;
    voice.stop();
  };
  box.addEventListener('change', async () => {
    if (!box.checked) return voice.stop();
    try {
      await voice.start(() => {
        stop();
        say(ENDED);
      });
    } catch (error) {
      stop();
      say(mediaProblem(error, 'microphone'));
    }
  });
  return { stop };
}
