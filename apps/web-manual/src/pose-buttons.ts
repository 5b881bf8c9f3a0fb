import { mirrorPose, neutralPose, POSE_PRESETS, type PosePreset, randomPose } from '@tha4/core';
import { byId, make } from '@tha4/page';
import { evened } from './linked-pose.ts';
import type { PoseHistory } from './pose-history.ts';
import { isVowel, withPreset } from './preset-pose.ts';

/** Buttons (and keys) that change the whole pose: presets, mirror, random, reset, undo and redo. */
export function bindPoseButtons(history: PoseHistory): void {
  for (const preset of POSE_PRESETS) createPreset(preset, history);
  onClick('mirror', () => history.take(mirrorPose(history.pose)));
  // Even, because a face whose sides differ everywhere looks broken rather than random.
  onClick('random', () => history.take(evened(randomPose(Math.random))));
  onClick('reset', () => history.take(neutralPose()));
  const undo = onClick('undo', () => history.undo());
  const redo = onClick('redo', () => history.redo());
  history.subscribe(() => {
    disable(undo, !history.canUndo);
    disable(redo, !history.canRedo);
  });
  addEventListener('keydown', (event) => {
    const step = historyKey(event);
    if (step === null || isTextField(event.target) || document.querySelector('dialog[open]') !== null) return;
    event.preventDefault();
    history[step]();
  });
}

/** What a key press asks for: Ctrl+Z or Cmd+Z; with Shift, or Ctrl+Y, forward again. */
export function historyKey(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>,
): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !event.shiftKey ? 'redo' : null;
}

function createPreset(preset: PosePreset, history: PoseHistory): void {
  const vowel = isVowel(preset);
  const initial = preset.slice(0, 1).toUpperCase();
  const button = make('button', { type: 'button', class: 'button chip', 'data-preset': preset }, initial);
  if (vowel) button.setAttribute('aria-label', `Mouth ${preset}`);
  else button.append(preset.slice(1));
  button.addEventListener('click', () => history.take(withPreset(history.pose, preset)));
  byId(vowel ? 'vowels' : 'presets', HTMLElement).append(button);
}

function onClick(id: string, action: () => void): HTMLButtonElement {
  const button = byId(id, HTMLButtonElement);
  button.addEventListener('click', () => {
    if (button.getAttribute('aria-disabled') !== 'true') action();
  });
  return button;
}

// A button that turns `disabled` under the user's finger would throw the keyboard's focus away.
function disable(button: HTMLButtonElement, disabled: boolean): void {
  button.setAttribute('aria-disabled', String(disabled));
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type === 'text');
}
