import type { Style } from './style.ts';

/** A line of a table: what it is about, and the value; without a value the line is left out. */
export type Row = readonly [label: string, value: string | null | undefined];

/** Label and value in two columns, indented; longer values go on under themselves. */
export function table(rows: readonly Row[], { dim }: Style): string {
  const kept = rows.filter((row): row is readonly [string, string] => row[1] !== null && row[1] !== undefined);
  const width = Math.max(0, ...kept.map(([label]) => label.length));
  return kept
    .map(([label, value]) => {
      const indent = `\n${' '.repeat(width + 4)}`;
      return `  ${dim(label.padEnd(width))}  ${clean(value).replaceAll('\n', indent)}\n`;
    })
    .join('');
}

/** A stranger's text without what would steer a terminal. */
export function clean(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '?');
}
