import type { Character } from '@tha4/core';
import { byId } from '@tha4/page';
import type { PlayerStats, RuntimeInfo } from '@tha4/student';
import { characterFacts, type Facts, paceWords, statsFacts } from './facts.ts';

/** Makes the page that of an open character: its name and facts, and controls that work. */
export function showCharacter(character: Character): void {
  const { name } = character.manifest;
  document.title = `${name} – Pose a character`;
  document.body.toggleAttribute('data-open', true);
  byId('stage', HTMLCanvasElement).setAttribute('aria-label', `The character ${name}`);
  byId('character-name', HTMLElement).textContent = name;
  byId('empty', HTMLElement).hidden = true;
  byId('pose', HTMLFieldSetElement).disabled = false;
  byId('painter', HTMLFieldSetElement).disabled = false;
  byId('save-png', HTMLButtonElement).disabled = false;
  showFacts(characterFacts(character));
}

/** Shows what runs the student, and why. */
export function showRuntime({ choice }: RuntimeInfo): void {
  showFacts({ runtime: choice });
}

/** Shows how long frames take, and what they are. */
export function showStats(stats: PlayerStats): void {
  byId('pace', HTMLElement).textContent = paceWords(stats);
  showFacts(statsFacts(stats));
}

function showFacts(facts: Facts): void {
  const list = byId('facts', HTMLElement);
  for (const [name, text] of Object.entries(facts)) {
    const line = list.querySelector<HTMLElement>(`[data-fact="${name}"]`);
    if (line === null) throw new Error(`page: expected a line for the fact '${name}', got none`);
    line.hidden = text === '';
    line.querySelector('dd')!.textContent = text;
  }
}
