import { styleText } from 'node:util';

/** Marks up text for a terminal, or leaves it as it is. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** @param colour whether the other side shows colours; decided once, in `main.ts` */
export function style(colour: boolean): Style {
  const marked = (format: Parameters<typeof styleText>[0]) => (text: string) =>
    // Newer Nodes would look at the terminal once more.
    colour ? (styleText as (f: typeof format, t: string, o: object) => string)(format, text, NO_CHECK) : text;
  return {
    bold: marked('bold'),
    dim: marked('dim'),
    good: marked('green'),
    warn: marked('yellow'),
    bad: marked('red'),
  };
}

const NO_CHECK = { validateStream: false };
