/** What the page is doing. Tests read it from `data-state` of the body. */
export type PageState = 'empty' | 'ready' | 'painting' | 'error';

/** Says what the page is doing: at once in `data-state`, and calmly in words. */
export interface Status {
  set(state: PageState): void;
  /** Words in place of the state's own, e.g. while a file is read; `null` takes them back. */
  say(words: string | null): void;
}

const WORDS: Readonly<Record<PageState, string>> = {
  empty: 'No character is open',
  ready: 'Ready',
  painting: 'Painting',
  error: 'Stopped',
};

/** A frame that is done sooner is not worth a word, neither to the eye nor to a screen reader. */
const PATIENCE_MS = 400;

/** @param line a live region */
export function createStatus(line: HTMLOutputElement): Status {
  let state: PageState = 'empty';
  let override: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const show = (): void => {
    const words = override ?? WORDS[state];
    if (line.value !== words) line.value = words;
    document.body.toggleAttribute('data-slow', state === 'painting' || override !== null);
  };
  return {
    set: (next) => {
      state = next;
      document.body.dataset.state = next;
      clearTimeout(timer);
      if (next === 'painting') timer = setTimeout(show, PATIENCE_MS);
      else show();
    },
    say: (words) => {
      override = words;
      show();
    },
  };
}
