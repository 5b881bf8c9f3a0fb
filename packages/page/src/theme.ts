import { byId } from './elements.ts';

const THEMES = ['auto', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];

const WORDS: Readonly<Record<Theme, string>> = { auto: 'as the system', light: 'light', dark: 'dark' };
const KEY = 'tha4-theme';

/** A button that goes from the system's colours to light, to dark and back; the choice is kept. */
export function bindTheme(): void {
  const button = byId('theme', HTMLButtonElement);
  let theme = storedTheme();
  const show = (): void => {
    document.documentElement.dataset.theme = theme;
    button.setAttribute('aria-label', `Colours: ${WORDS[theme]}`);
    button.title = `Colours: ${WORDS[theme]}`;
  };
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length]!;
    store(theme);
    show();
  });
  show();
}

function storedTheme(): Theme {
  try {
    return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'auto';
  } catch {
    return 'auto'; // storage can be forbidden; the button works without it
  }
}

function store(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Forbidden storage only means that the choice is not kept.
  }
}
