import type { Character } from '@tha4/core';
import { byId } from './elements.ts';
import { characterFacts, showFacts } from './facts.ts';

/** Makes the page that of an open character: its name and facts, and controls that work. */
export function showCharacter(character: Character): void {
  const { name } = character.manifest;
  document.title = `${name} – Pose a character`;
  document.body.toggleAttribute('data-open', true);
  byId('stage', HTMLCanvasElement).setAttribute('aria-label', `The character ${name}`);
  byId('character-name', HTMLElement).textContent = name;
  byId('empty', HTMLElement).hidden = true;
  byId('pose', HTMLFieldSetElement).disabled = false;
  byId('save-png', HTMLButtonElement).disabled = false;
  showFacts(byId('facts', HTMLElement), characterFacts(character));
}
