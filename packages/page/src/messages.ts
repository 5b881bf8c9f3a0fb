import { Tha4Error } from '@tha4/core';
import { icon, make } from './elements.ts';

/** Shows something that went wrong, in the page. */
export type Report = (error: unknown) => void;

/** More than these would hide the page; the oldest goes first. */
const MAX_MESSAGES = 3;

/** Where errors are shown: each can be dismissed, by its button or, the newest first, with Escape. */
export function createMessages(place: HTMLElement): Report {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) place.lastElementChild?.remove();
  });
  return (error) => {
    const dismiss = make(
      'button',
      { type: 'button', class: 'button icon-only', 'aria-label': 'Dismiss' },
      icon('close'),
    );
    const message = make('div', { class: 'message' }, make('p', {}, errorText(error)), dismiss);
    dismiss.addEventListener('click', () => message.remove());
    place.append(message);
    while (place.children.length > MAX_MESSAGES) place.firstElementChild?.remove();
  };
}

/** An error in words for a person. Errors of this project are written for people; others get a word of context. */
export function errorText(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  // A worker's errors arrive as plain ones that kept their name.
  const known = error instanceof Tha4Error || (error instanceof Error && KNOWN_NAMES.test(error.name));
  return known ? message : `Something unexpected happened: ${message || 'no reason was given'}`;
}

const KNOWN_NAMES = /^(Tha4|Shape|Checkpoint|Character|Image|Pose|Backend)Error$/;
