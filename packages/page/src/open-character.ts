import type { Character } from '@tha4/core';
import { chosenFiles, droppedFiles, fetchCharacter, type PathedFile, readCharacterFiles } from '@tha4/student';
import { byId } from './elements.ts';
import type { Report } from './messages.ts';
import type { Stage } from './stage.ts';
import type { Status } from './status.ts';

/** What opening needs from the page. */
export interface OpenerParts {
  readonly stage: Stage;
  readonly status: Status;
  readonly report: Report;
  readonly onOpen: (character: Character) => void;
}

/** Opens characters one after the other, whatever they come from; one that cannot be opened changes nothing. */
export class Opener {
  readonly #parts: OpenerParts;
  #last: Promise<void> = Promise.resolve();

  constructor(parts: OpenerParts) {
    this.#parts = parts;
  }

  /** @returns settles when the character is shown or its error is reported */
  open(read: () => Promise<Character>): Promise<void> {
    this.#last = this.#last.then(() => this.#openNow(read));
    return this.#last;
  }

  openFiles(files: Promise<readonly PathedFile[]> | readonly PathedFile[]): Promise<void> {
    return this.open(async () => readCharacterFiles(await files));
  }

  /** Opens what `?character=` names (nothing: none), else what `character/index.json` beside the page names. */
  async openFirst(address: URL): Promise<void> {
    const asked = address.searchParams.get('character');
    if (asked === '') return;
    const url = asked === null ? await defaultCharacter(address) : new URL(asked, address);
    if (url !== null) await this.open(() => fetchCharacter(url));
  }

  async #openNow(read: () => Promise<Character>): Promise<void> {
    const { stage, status, report, onOpen } = this.#parts;
    status.say('Opening');
    try {
      const character = await read();
      await stage.show(character);
      onOpen(character);
    } catch (error) {
      report(error);
    } finally {
      status.say(null);
    }
  }
}

/** Lets files be chosen with the page's inputs and dropped anywhere on it. */
export function bindOpening(opener: Opener): void {
  for (const id of ['open-files', 'open-folder']) {
    const input = byId(id, HTMLInputElement);
    input.addEventListener('change', () => {
      const files = chosenFiles(input);
      if (files.length > 0) void opener.openFiles(files);
      input.value = ''; // so that the same file can be chosen again
    });
  }
  if (!('webkitdirectory' in HTMLInputElement.prototype)) {
    // Phones without folders: the choice would open a plain file dialog.
    for (const label of document.querySelectorAll<HTMLElement>('label[for="open-folder"]')) label.hidden = true;
    byId('open-folder', HTMLInputElement).hidden = true;
  }
  const veil = byId('drop-veil', HTMLElement);
  const show = (event: DragEvent): void => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    veil.hidden = false;
  };
  addEventListener('dragenter', show);
  addEventListener('dragover', show);
  addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) veil.hidden = true;
  });
  addEventListener('drop', (event) => {
    veil.hidden = true;
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    void opener.openFiles(droppedFiles(event.dataTransfer));
  });
}

/** Address of the character that lies beside the page, or `null` where there is none. */
async function defaultCharacter(page: URL): Promise<URL | null> {
  const index = new URL('character/index.json', page);
  const response = await fetch(index).catch(() => null);
  if (!response?.ok) return null;
  const { character } = (await response.json().catch(() => ({}))) as { character?: unknown };
  return typeof character === 'string' ? new URL(character, index) : null;
}
