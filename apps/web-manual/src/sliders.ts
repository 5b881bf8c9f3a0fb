import { make } from '@tha4/page';
import type { PoseHistory } from './pose-history.ts';
import { countMoved, SLIDER_GROUPS, type SliderGroup } from './slider-model.ts';
import { createSliderRow } from './slider-row.ts';

/** Groups that are open at the start; the others are one click away. */
const OPEN_AT_START: ReadonlySet<string> = new Set(['eye', 'mouth', 'head']);

/** Fills `place` with a slider for each of the 45 parameters, in collapsible groups. */
export function createSliders(place: HTMLElement, history: PoseHistory): void {
  for (const group of SLIDER_GROUPS) place.append(createGroup(group, history));
}

function createGroup(group: SliderGroup, history: PoseHistory): HTMLElement {
  const moved = make('span', { class: 'moved' });
  const details = make(
    'details',
    { class: 'group', 'data-group': group.group },
    make('summary', {}, make('span', { class: 'group-title' }, group.title), moved),
    make(
      'fieldset',
      {},
      make('legend', { class: 'visually-hidden' }, group.title),
      ...group.rows.map((row) => createSliderRow(row, history)),
    ),
  );
  details.open = OPEN_AT_START.has(group.group);
  history.subscribe((pose) => {
    const count = countMoved(group, pose);
    moved.textContent = count === 0 ? '' : `${count} moved`;
  });
  return details;
}
