import { describe, expect, it } from 'vitest';
import { InterruptedError, UsageError } from '../errors.ts';
import { errorText, reportError } from './error-text.ts';
import { counted, humanBytes, humanDecibels, humanSeconds } from './human.ts';
import { startProgress } from './progress.ts';
import { style } from './style.ts';
import { table } from './table.ts';

const plain = style(false);

describe('numbers for people', () => {
  it('says sizes with three digits', () => {
    expect([0, 999, 1000, 12_345, 999_499, 999_600, 1_930_348, 2e9].map(humanBytes)).toEqual([
      '0 B',
      '999 B',
      '1.00 kB',
      '12.3 kB',
      '999 kB',
      '1.00 MB',
      '1.93 MB',
      '2.00 GB',
    ]);
  });

  it('says times, counts and decibels', () => {
    expect([0.2, 59, 125, 4321].map(humanSeconds)).toEqual(['1 s', '59 s', '2 min 5 s', '1 h 12 min']);
    expect([counted(1, 'frame'), counted(1200, 'frame')]).toEqual(['1 frame', '1,200 frames']);
    expect([humanDecibels(51.26), humanDecibels(null)]).toEqual(['51.3 dB', 'no difference']);
  });
});

describe('table', () => {
  it('aligns, leaves out what is not known, and keeps lines under each other', () => {
    const text = table(
      [
        ['A', 'one\ntwo'],
        ['Longer', 'three'],
        ['Gone', null],
      ],
      plain,
    );
    expect(text).toBe('  A       one\n          two\n  Longer  three\n');
  });

  it('colours labels only where colours are shown', () => {
    expect(table([['A', 'b']], style(true))).toBe('  \u001b[2mA\u001b[22m  b\n');
  });
});

describe('errors', () => {
  it('asks for a report of a bug, with its stack', () => {
    const bug = new TypeError('x is not a function', { cause: new Error('deeper') });
    const report = reportError(bug);
    expect(report).toMatchObject({ exitCode: 1, isBug: true });
    const text = errorText(report, bug, false, plain);
    expect(text).toMatch(
      /^Error: x is not a function\nThis is a bug in tha4, .*\n\nTypeError: x is not a function\n {4}at /,
    );
    expect(text).toContain('Caused by: Error: deeper');
  });

  it('knows usage, Ctrl-C and what was never an error', () => {
    expect(reportError(new UsageError('a')).exitCode).toBe(2);
    const stopped = new InterruptedError('Stopped after 3 of 5 frames.');
    expect(errorText(reportError(stopped), stopped, false, plain)).toBe('Stopped after 3 of 5 frames.\n');
    expect(reportError(stopped).exitCode).toBe(130);
    expect(reportError('thrown text')).toMatchObject({ message: 'thrown text', isBug: true });
  });
});

describe('startProgress', () => {
  it('prints plain lines without a terminal, and not too many', () => {
    const printed: string[] = [];
    const io = { out: () => {}, err: (text: string) => void printed.push(text), errIsTerminal: false, colour: false };
    const progress = startProgress({ ...io, signal: new AbortController().signal }, 'Painting', 1000);
    for (let i = 0; i < 1000; i++) progress.step();
    progress.stop();
    expect(printed.length).toBeLessThan(10);
    for (const line of printed) expect(line).toMatch(/^Painting: \d+ of 1000, \d+ s left\n$/);
  });
});
