import { filledShare, formatValue, make } from '@tha4/page';
import type { DriverSettings, DriverSettingsPatch } from '@tha4/pose-mapper';
import type { Control } from './control-table.ts';

/** One slider with its label and value; a double click or Delete sets it back. */
export interface ControlRow {
  readonly element: HTMLElement;
  show(settings: DriverSettings): void;
}

/** @param usual the settings that a reset goes back to */
export function createControlRow(
  control: Control,
  usual: DriverSettings,
  configure: (patch: DriverSettingsPatch) => void,
): ControlRow {
  const { id, label, min, max, read, write } = control;
  const input = make('input', {
    type: 'range',
    id: `control-${id}`,
    name: id,
    min: String(min),
    max: String(max),
    step: max > 3 ? '1' : '0.01',
  });
  const value = make('output', { for: input.id, class: 'value', 'aria-live': 'off' });
  const track = make('div', { class: 'track' }, input, value);
  input.addEventListener('input', () => configure(write(Number(input.value))));
  const reset = (): void => configure(write(read(usual)));
  track.addEventListener('dblclick', reset);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    reset();
  });
  return {
    element: make('div', { class: 'row' }, make('label', { class: 'row-label', for: input.id }, label), track),
    show: (settings) => {
      const at = read(settings);
      if (Number(input.value) !== at) input.value = String(at);
      const { from, to } = filledShare(at, min, max);
      input.style.setProperty('--from', String(from));
      input.style.setProperty('--to', String(to));
      value.textContent = max > 3 ? String(Math.round(at)) : formatValue(at);
      value.classList.toggle('zero', at === read(usual));
    },
  };
}
