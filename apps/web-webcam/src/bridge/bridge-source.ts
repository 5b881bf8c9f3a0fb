import type { Source, SourceHost } from '../sources/source.ts';
import { CaptureClock } from '../tracking/capture-clock.ts';
import { BridgeLink } from './bridge-link.ts';
import { bridgeWords } from './bridge-words.ts';

/** What the bridge needs from its page. */
export interface BridgeHost extends SourceHost {
  address(): string;
  /** Shows this pose as it is; `null`: the driver poses the character again. */
  follow(pose: Float32Array | null): void;
  /** `face`: this page's settings turn faces into poses. `pose`: poses are taken as they come. */
  readonly stream: 'face' | 'pose';
}

const NOT_THERE = 'The bridge does not answer. Start it with: tha4 bridge. This page goes on trying.';

/** Whatever `tha4 bridge` hears: phones, other trackers, or another page. */
export function bridgeSource({ face, take, say, address, follow, stream }: BridgeHost): Source {
  let link: BridgeLink | null = null;
  const lost = (): void => {
    face(null, performance.now());
    follow(null);
  };
  return {
    start: () => {
      const clock = new CaptureClock();
      say('Looking for the bridge.');
      document.body.dataset.tracking = 'starting';
      try {
        link = new BridgeLink(address(), stream, {
          onFrame: (frame) => {
            const capturedAt = clock.capturedAt(frame.timeMs, performance.now());
            if (frame.kind === 'pose') {
              follow(frame.pose);
              take(capturedAt, () => undefined);
            } else face(frame.sample === null ? null : { ...frame.sample, timeMs: capturedAt }, capturedAt);
          },
          onText: (text) => {
            if (text.type !== 'status') return;
            say(bridgeWords(text));
            document.body.dataset.tracking = text.state === 'tracking' ? 'face' : 'no-face';
          },
          onLink: (linked) => {
            if (linked) return;
            lost();
            say(NOT_THERE);
            document.body.dataset.tracking = 'error';
          },
        });
      } catch (error) {
        say((error as Error).message);
        document.body.dataset.tracking = 'error';
      }
    },
    stop: () => {
      link?.close();
      link = null;
      lost();
    },
  };
}
