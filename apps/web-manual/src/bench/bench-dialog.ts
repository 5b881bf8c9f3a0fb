import type { Character } from '@tha4/core';
import { errorText, make } from '@tha4/page';
import { syntheticCharacter } from 'bench/page-kit';
import './bench.css';
import { drawCard } from './card.ts';
import { thisDevice } from './device.ts';
import { type DeviceResult, measureDevice } from './measure.ts';
import { SHARE_FORMS, shareText } from './share-text.ts';

const WIDEST_CARD = 640;

/** Opens a dialog that measures this device. Nothing is sent anywhere. @param opened `null` takes a synthetic character */
export function openBench(opened: Character | null): void {
  const which = opened === null ? 'a synthetic character of the usual size' : `the character ${opened.manifest.name}`;
  const progress = make('progress', { max: '1', value: '0' });
  const line = make('output', { class: 'bench-line', 'aria-live': 'polite' });
  const start = make('button', { type: 'button', class: 'button primary', id: 'bench-start' }, 'Start');
  const close = make('button', { type: 'button', class: 'button', id: 'bench-close' }, 'Close');
  const outcome = make('div', { class: 'bench-outcome', hidden: '' });
  const running = make('div', { class: 'bench-running', hidden: '' }, progress, line);
  const dialog = make(
    'dialog',
    { class: 'bench', id: 'bench', 'aria-labelledby': 'bench-title' },
    make('h2', { id: 'bench-title' }, 'Measure this device'),
    make('p', {}, `Every runtime paints ${which}, in turn, for about a minute. Nothing is sent anywhere.`),
    running,
    outcome,
    make('div', { class: 'dialog-actions' }, close, start),
  );
  let stop: AbortController | null = null;
  start.addEventListener('click', async () => {
    stop = new AbortController();
    start.hidden = true;
    running.hidden = false;
    outcome.hidden = true;
    close.textContent = 'Cancel';
    try {
      const note = (words: string, share: number): void => {
        line.value = words;
        progress.value = share;
      };
      const result = await measureDevice(opened ?? syntheticCharacter(), thisDevice(), note, stop.signal);
      showOutcome(outcome, result);
      line.value = '';
    } catch (error) {
      line.value = stop.signal.aborted ? 'Cancelled' : errorText(error);
    }
    running.hidden = line.value === '';
    stop = null;
    start.hidden = false;
    start.textContent = 'Measure again';
    close.textContent = 'Close';
  });
  close.addEventListener('click', () => {
    if (stop === null) dialog.close();
    else stop.abort();
  });
  dialog.addEventListener('close', () => {
    stop?.abort();
    dialog.remove();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function showOutcome(place: HTMLElement, result: DeviceResult): void {
  const canvas = make('canvas', { class: 'bench-card', role: 'img' });
  canvas.setAttribute('aria-label', shareText(result, 'Text', today()));
  const save = make('button', { type: 'button', class: 'button primary', id: 'bench-save' }, 'Save PNG');
  save.addEventListener('click', () => canvas.toBlob((blob) => blob !== null && download(blob), 'image/png'));
  const copies = SHARE_FORMS.map((form) => {
    const button = make('button', { type: 'button', class: 'button', 'data-form': form }, `Copy ${form}`);
    button.addEventListener('click', async () => {
      const copied = await navigator.clipboard.writeText(shareText(result, form, today())).then(
        () => 'Copied',
        () => 'Not allowed',
      );
      button.textContent = copied;
      setTimeout(() => {
        button.textContent = `Copy ${form}`;
      }, 2000);
    });
    return button;
  });
  const absent = result.absences.map(({ name, reason }) => make('li', {}, `${name}: ${reason}`));
  const absences = absent.length === 0 ? [] : [make('ul', { class: 'bench-absent' }, ...absent)];
  place.replaceChildren(canvas, make('div', { class: 'bench-share' }, save, ...copies), ...absences);
  place.hidden = false;
  drawCard(canvas, result, Math.max(260, Math.min(WIDEST_CARD, Math.floor(place.clientWidth))), isDark());
}

function isDark(): boolean {
  const { theme } = document.documentElement.dataset;
  return theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
}

function download(blob: Blob): void {
  const url = URL.createObjectURL(blob);
  make('a', { href: url, download: 'tha4-bench.png' }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

function today(): string {
  return new Date().toISOString().slice(0, 10);
}
