import { byId, make } from '@tha4/page';
import { listCameras } from './camera.ts';

const KEY = 'tha4-webcam-camera';

/** The list of cameras; the one that was used last is chosen at the start. */
export class CameraChoice {
  readonly #select = byId('camera', HTMLSelectElement);

  /** @param onChoice the person wants another one */
  constructor(onChoice: () => void) {
    this.#select.addEventListener('change', () => {
      remember(this.#select.value);
      onChoice();
    });
    navigator.mediaDevices?.addEventListener('devicechange', () => void this.#fill(this.chosen));
    void this.#fill(remembered());
  }

  /** The id of the chosen camera; `null`: any. */
  get chosen(): string | null {
    return this.#select.value || null;
  }

  /** A camera is on: names are known only now. */
  async show(id: string): Promise<void> {
    remember(id);
    await this.#fill(id);
  }

  async #fill(chosen: string | null): Promise<void> {
    const cameras = await listCameras();
    const any = cameras.length === 0 ? [make('option', { value: '' }, 'The one that is there')] : [];
    this.#select.replaceChildren(...any, ...cameras.map(({ id, label }) => make('option', { value: id }, label)));
    if (cameras.some(({ id }) => id === chosen)) this.#select.value = chosen!;
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage can be forbidden; the choice works without it
  }
}

function remember(id: string): void {
  try {
    localStorage.setItem(KEY, id);
  } catch {
    // Forbidden storage only means that the choice is not kept.
  }
}
