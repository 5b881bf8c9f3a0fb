import { byId } from '@tha4/page';
import { type DriverState, encodePoseFrame } from '@tha4/pose-mapper';
import { BridgeLink } from './bridge-link.ts';

/** Sends this page's poses to the bridge, for clean views elsewhere: OBS's browser has no camera of its own. */
export class BridgeSender {
  #link: BridgeLink | null = null;

  constructor(address: () => string) {
    const box = byId('send', HTMLInputElement);
    const line = byId('send-line', HTMLElement);
    box.addEventListener('change', () => {
      this.#link?.close();
      this.#link = null;
      line.textContent = '';
      if (!box.checked) return;
      try {
        this.#link = new BridgeLink(address(), 'send', {
          onFrame: () => undefined,
          onText: () => undefined,
          onLink: (linked) => {
            line.textContent = linked ? 'Sending.' : 'The bridge does not answer. Start it with: tha4 bridge.';
          },
        });
      } catch (error) {
        line.textContent = (error as Error).message;
        box.checked = false;
      }
    });
  }

  send(timeMs: number, state: DriverState, pose: Float32Array): void {
    this.#link?.send(encodePoseFrame(timeMs, state, pose));
  }
}
