import { byId } from '@tha4/page';
import { SOURCES, type Source, type SourceHost, type SourceName } from './source.ts';

/** Lets the person choose what moves the character; one source at a time. */
export class SourceSwitch {
  readonly #sources: Readonly<Record<SourceName, Source>>;
  readonly #host: SourceHost;
  readonly #onChoice: (name: SourceName) => void;
  #current: SourceName = 'idle';

  /** @param onChoice the last source is off, and the next one is not on yet */
  constructor(sources: Readonly<Record<SourceName, Source>>, host: SourceHost, onChoice: (name: SourceName) => void) {
    this.#sources = sources;
    this.#host = host;
    this.#onChoice = onChoice;
    byId('source', HTMLFieldSetElement).addEventListener('change', ({ target }) => {
      if (target instanceof HTMLInputElement && target.name === 'source') void this.choose(target.value as SourceName);
    });
    // A choice that brought nothing can be made again: a radio that is on says nothing when it is pressed.
    byId('source', HTMLFieldSetElement).addEventListener('click', ({ target }) => {
      if (!(target instanceof HTMLInputElement) || target.value !== this.#current) return;
      if (document.body.dataset.tracking === 'error') void this.choose(this.#current);
    });
  }

  async choose(name: SourceName): Promise<void> {
    this.#sources[this.#current].stop();
    this.#current = name;
    document.body.dataset.source = name;
    document.body.dataset.tracking = 'off';
    this.#host.say('');
    for (const part of document.querySelectorAll<HTMLElement>('[data-for]')) {
      part.hidden = !part.dataset.for!.split(' ').includes(name);
    }
    for (const input of document.querySelectorAll<HTMLInputElement>('input[name="source"]')) {
      input.checked = input.value === name;
    }
    this.#onChoice(name);
    await this.#sources[name].start();
  }
}

/** Reads `?source=`. @returns `null` for a name that is none */
export function parseSource(text: string | null): SourceName | null {
  return SOURCES.find((name) => name === text) ?? null;
}
