import { byId, make } from '@tha4/page';
import {
  type BrowMode,
  DEFAULT_SETTINGS,
  type DriverSettings,
  type DriverSettingsPatch,
  type MappingSettings,
  NO_CALIBRATION,
  type PoseDriver,
} from '@tha4/pose-mapper';
import { createControlRow } from './control-row.ts';
import { FEEL, THRESHOLDS } from './control-table.ts';
import { keep, keptFor } from './stored-settings.ts';

const BROWS: readonly (readonly [BrowMode, string])[] = [
  ['auto', 'as the face says'],
  ['angry', 'angry'],
  ['troubled', 'troubled'],
  ['serious', 'serious'],
  ['lowered', 'lowered'],
];

const STYLES: readonly (readonly [MappingSettings['style'], string])[] = [
  ['expressive', 'expressive'],
  ['original', 'as the original'],
];

const WINKS: readonly (readonly [MappingSettings['wink'], string])[] = [
  ['normal', 'shut'],
  ['relaxed', 'half shut'],
];

/** The sliders and switches; what they say is kept for each camera. */
export class SettingsPanel {
  readonly #driver: PoseDriver;
  readonly #show: (settings: DriverSettings) => void;
  #whose = 'idle';

  constructor(driver: PoseDriver) {
    this.#driver = driver;
    const configure = (patch: DriverSettingsPatch): void => this.#configure(patch);
    const feel = FEEL.map((control) => createControlRow(control, DEFAULT_SETTINGS, configure));
    const thresholds = THRESHOLDS.map((control) => createControlRow(control, DEFAULT_SETTINGS, configure));
    const brows = select('brows', BROWS, (mode) => configure({ mapping: { brows: mode } }));
    const style = select('style', STYLES, (chosen) => configure({ mapping: { style: chosen } }));
    const wink = select('wink', WINKS, (chosen) => configure({ mapping: { wink: chosen } }));
    const mirror = make('input', { type: 'checkbox', id: 'mirror' });
    mirror.addEventListener('change', () => configure({ mirror: mirror.checked }));
    byId('feel-rows', HTMLElement).append(
      ...feel.map(({ element }) => element),
      field('brows', 'Frowning brows look', brows),
      make('p', { class: 'field check' }, mirror, make('label', { for: 'mirror' }, 'Like a mirror')),
    );
    byId('threshold-rows', HTMLElement).append(
      field('style', 'Expressions', style),
      field('wink', 'Closed eyes are', wink),
      ...thresholds.map(({ element }) => element),
    );
    byId('reset-settings', HTMLButtonElement).addEventListener('click', () => configure(DEFAULT_SETTINGS));
    this.#show = (settings) => {
      for (const row of [...feel, ...thresholds]) row.show(settings);
      brows.value = settings.mapping.brows;
      style.value = settings.mapping.style;
      wink.value = settings.mapping.wink;
      mirror.checked = settings.mirror;
      const moved = THRESHOLDS.filter(({ read }) => read(settings) !== read(DEFAULT_SETTINGS)).length;
      byId('advanced-moved', HTMLElement).textContent = moved === 0 ? '' : `${moved} changed`;
    };
    this.#show(driver.settings);
  }

  /** Takes what is kept for a camera, or for a source without one. */
  use(whose: string): void {
    const { settings, calibration } = keptFor(whose);
    this.#whose = whose;
    this.#driver.configure(DEFAULT_SETTINGS);
    this.#driver.configure(settings);
    this.#driver.calibrate(calibration);
    this.#show(this.#driver.settings);
  }

  /** Keeps what the driver has now, e.g. after a calibration. */
  keep(): void {
    keep(this.#whose, this.#driver.settings, this.#driver.calibration);
  }

  /** Forgets what was learnt of the person. */
  forgetCalibration(): void {
    this.#driver.calibrate(NO_CALIBRATION);
    this.keep();
  }

  #configure(patch: DriverSettingsPatch): void {
    this.#driver.configure(patch);
    this.#show(this.#driver.settings);
    this.keep();
  }
}

function select<T extends string>(
  id: string,
  choices: readonly (readonly [T, string])[],
  onChoice: (value: T) => void,
): HTMLSelectElement {
  const element = make('select', { id }, ...choices.map(([value, words]) => make('option', { value }, words)));
  element.addEventListener('change', () => onChoice(element.value as T));
  return element;
}

function field(id: string, label: string, control: HTMLElement): HTMLElement {
  return make('p', { class: 'field' }, make('label', { for: id }, label), control);
}
