import type { PoseParameter } from '@tha4/core';
import { filledShare, formatValue, icon, make } from '@tha4/page';
import { isUneven, withRow, withSide } from './linked-pose.ts';
import type { PoseHistory } from './pose-history.ts';
import type { SliderRow } from './slider-model.ts';

const STEP = '0.01';

/**
 * One line of the panel. A pair starts linked, as one slider that moves both sides; it comes apart when the user asks
 * for it, or when the pose holds different values.
 */
export function createSliderRow(row: SliderRow, history: PoseHistory): HTMLElement {
  const sides = row.parameters.map((parameter, side) => {
    const slider = createSlider(parameter);
    onGestures(slider, history, (value) => withSide(history.pose, row, side, value, linked));
    return slider;
  });
  const paired = sides.length > 1;
  const link = make('button', { type: 'button', class: 'link' });
  const label = make('label', { class: 'row-label', for: sides[0]!.input.id }, row.label);
  const element = make(
    'div',
    { class: 'row', 'data-base': row.base },
    label,
    make('div', { class: 'tracks' }, ...sides.map(({ track }) => track)),
    ...(paired ? [link] : []),
  );
  let linked = paired;

  const showLink = (): void => {
    element.classList.toggle('apart', paired && !linked);
    sides.forEach(({ track, side, input }, i) => {
      track.hidden = linked && i > 0;
      side.hidden = linked || !paired;
      const suffix = !paired ? '' : linked ? ', both sides' : `, ${row.parameters[i]!.side}`;
      input.setAttribute('aria-label', row.label + suffix);
    });
    link.replaceChildren(icon(linked ? 'link' : 'unlink'));
    link.setAttribute('aria-pressed', String(linked));
    link.setAttribute('aria-label', `${row.label}: move left and right together`);
    link.title = linked ? 'Move left and right apart' : 'Move left and right together';
  };

  link.addEventListener('click', () => {
    linked = !linked;
    if (linked) history.take(withRow(history.pose, row, history.pose[row.parameters[0]!.index]!));
    showLink();
  });
  showLink();
  history.subscribe((pose) => {
    for (const slider of sides) slider.show(pose);
    if (linked && isUneven(pose, row)) {
      linked = false;
      showLink();
    }
  });
  return element;
}

interface Slider {
  readonly track: HTMLElement;
  readonly side: HTMLElement;
  readonly input: HTMLInputElement;
  show(pose: ArrayLike<number>): void;
}

function createSlider({ name, side, min, max, index }: PoseParameter): Slider {
  const input = make('input', {
    type: 'range',
    id: `slider-${name}`,
    name,
    min: String(min),
    max: String(max),
    step: STEP,
    value: '0',
    ...(min < 0 ? { class: 'signed' } : {}),
  });
  const value = make('output', { for: input.id, class: 'value', 'aria-live': 'off' });
  const letter = make('span', { class: 'side', 'aria-hidden': 'true' }, side === 'right' ? 'R' : 'L');
  return {
    track: make('div', { class: 'track' }, letter, input, value),
    side: letter,
    input,
    show: (pose) => {
      const at = pose[index]!;
      // While a hand holds the slider its own value is the truth.
      if (Number(input.value) !== at) input.value = String(at);
      const { from, to } = filledShare(at, min, max);
      input.style.setProperty('--from', String(from));
      input.style.setProperty('--to', String(to));
      value.textContent = formatValue(at);
      value.classList.toggle('zero', at === 0);
    },
  };
}

/** Makes one step of one drag, of one held key, and of one reset (double click, Delete or Backspace). */
function onGestures({ input, track }: Slider, history: PoseHistory, posed: (value: number) => Float32Array): void {
  let keyHeld = false;
  const settle = (): void => {
    keyHeld = false;
    history.settle();
  };
  const reset = (): void => history.take(posed(0));
  input.addEventListener('input', () => history.move(posed(Number(input.value))));
  input.addEventListener('change', () => {
    if (!keyHeld) settle();
  });
  input.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    keyHeld = true;
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    reset();
  });
  input.addEventListener('keyup', settle);
  input.addEventListener('blur', settle);
  track.addEventListener('dblclick', reset);
}
