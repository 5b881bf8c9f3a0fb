/** Rows of a letter, and how many pixels it takes with the gap after it. */
export const LETTER_ROWS = 9;
export const LETTER_ADVANCE = 6;

/**
 * A letter's rows of five pixels, one bit each, from the top; two rows lie below the line. Drawn here, because a bare
 * machine has no fonts.
 */
export function letterRows(letter: string): readonly number[] {
  return ROWS.get(letter) ?? ROWS.get('?')!;
}

const ROWS: ReadonlyMap<string, readonly number[]> = new Map(
  [
    'a 00 00 0e 01 0f 11 0f',
    'b 10 10 1e 11 11 11 1e',
    'c 00 00 0e 10 10 11 0e',
    'd 01 01 0f 11 11 11 0f',
    'e 00 00 0e 11 1f 10 0e',
    'f 06 08 1c 08 08 08 08',
    'g 00 00 0f 11 11 11 0f 01 0e',
    'h 10 10 16 19 11 11 11',
    'i 04 00 0c 04 04 04 0e',
    'j 02 00 06 02 02 02 02 12 0c',
    'k 10 10 12 14 18 14 12',
    'l 0c 04 04 04 04 04 0e',
    'm 00 00 1a 15 15 15 15',
    'n 00 00 16 19 11 11 11',
    'o 00 00 0e 11 11 11 0e',
    'p 00 00 1e 11 11 11 1e 10 10',
    'q 00 00 0f 11 11 11 0f 01 01',
    'r 00 00 16 19 10 10 10',
    's 00 00 0f 10 0e 01 1e',
    't 08 08 1c 08 08 09 06',
    'u 00 00 11 11 11 13 0d',
    'v 00 00 11 11 11 0a 04',
    'w 00 00 11 11 15 15 0a',
    'x 00 00 11 0a 04 0a 11',
    'y 00 00 11 11 11 11 0f 01 0e',
    'z 00 00 1f 02 04 08 1f',
    '0 0e 11 13 15 19 11 0e',
    '1 04 0c 04 04 04 04 0e',
    '2 0e 11 01 02 04 08 1f',
    '3 1f 02 04 02 01 11 0e',
    '4 02 06 0a 12 1f 02 02',
    '5 1f 10 1e 01 01 11 0e',
    '6 06 08 10 1e 11 11 0e',
    '7 1f 01 02 04 08 08 08',
    '8 0e 11 11 0e 11 11 0e',
    '9 0e 11 11 0f 01 02 0c',
    '. 00 00 00 00 00 0c 0c',
    ', 00 00 00 00 00 0c 04 08',
    ': 00 0c 0c 00 0c 0c 00',
    '_ 00 00 00 00 00 00 00 1f',
    '- 00 00 00 0e 00 00 00',
    '+ 00 04 04 1f 04 04 00',
    '? 0e 11 01 02 04 00 04',
    '  00',
  ].map((line) => [
    line[0]!,
    line
      .slice(2)
      .split(' ')
      .map((row) => Number.parseInt(row, 16)),
  ]),
);
