import type { RuntimeInfo, Speed } from '@tha4/student';
import { byId } from './elements.ts';

const KEY = 'tha4-speed';
const SPEEDS: readonly Speed[] = ['auto', 'exact', 'reuse', 'half'];

/** Lets the user choose between speed and the exact picture; the choice is kept. @param set called at once and later */
export function bindSpeed(set: (speed: Speed) => void): void {
  const choice = byId('speed', HTMLFieldSetElement);
  const stored = storedSpeed();
  for (const input of inputs(choice)) input.checked = input.value === stored;
  choice.addEventListener('change', (event) => {
    const speed = SPEEDS.find((known) => known === (event.target as HTMLInputElement).value)!;
    store(speed);
    set(speed);
  });
  set(stored);
}

/** Offers what the runtime offers. */
export function offerSpeeds({ qualities }: RuntimeInfo): void {
  for (const input of inputs(byId('speed', HTMLFieldSetElement))) {
    input.disabled = input.value !== 'auto' && !qualities.some((quality) => quality === input.value);
  }
}

function inputs(choice: HTMLFieldSetElement): HTMLInputElement[] {
  return [...choice.querySelectorAll('input')];
}

function storedSpeed(): Speed {
  try {
    return SPEEDS.find((speed) => speed === localStorage.getItem(KEY)) ?? 'auto';
  } catch {
    return 'auto'; // storage can be forbidden; the choice works without it
  }
}

function store(speed: Speed): void {
  try {
    localStorage.setItem(KEY, speed);
  } catch {
    // Forbidden storage only means that the choice is not kept.
  }
}
