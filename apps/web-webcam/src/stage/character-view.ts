import type { Character } from '@tha4/core';
import { byId } from '@tha4/page';
import { showFacts } from './live-facts.ts';

/** Makes the page that of an open character. */
export function showCharacter({ manifest: { name, provenance } }: Character): void {
  document.title = `${name} – Be a character`;
  document.body.toggleAttribute('data-open', true);
  byId('stage', HTMLCanvasElement).setAttribute('aria-label', `The character ${name}`);
  byId('character-name', HTMLElement).textContent = name;
  showFacts({ licence: provenance.licence ?? 'not stated' });
}
