import { seededRandom } from '@tha4/test-utils';
import { describe, expect, it } from 'vitest';
import { PoseError, Tha4Error } from '../errors.ts';
import { parsePose, parsePoseText } from './parse.ts';
import { formatPose, neutralPose } from './pose.ts';
import { POSE_PRESETS, presetPose } from './presets.ts';
import { randomPose } from './random.ts';

describe('parsePose', () => {
  it('reads arrays, objects and JSON of both', () => {
    const numbers = Array.from({ length: 45 }, (_, i) => i / 64);
    expect([...parsePose(numbers)]).toEqual(numbers);
    expect([...parsePose(Float32Array.from(numbers))]).toEqual(numbers);
    expect([...parsePose(JSON.stringify(numbers))]).toEqual(numbers);
    expect(formatPose(parsePose('{"mouth_aaa": 0.5}'))).toEqual({ mouth_aaa: 0.5 });
    expect(parsePose({})).toEqual(neutralPose());
  });

  it('sets both sides by a base name; a full name wins wherever it stands', () => {
    expect(formatPose(parsePose({ eye_wink_left: 0.25, eye_wink: 1 }))).toEqual({
      eye_wink_left: 0.25,
      eye_wink_right: 1,
    });
  });

  it('reads back what formatPose wrote', () => {
    const next = seededRandom(2);
    for (let i = 0; i < 200; i++) {
      const pose = randomPose(() => next() / 2 ** 32);
      expect(parsePose(JSON.stringify(formatPose(pose)))).toEqual(pose);
    }
  });

  it.each([
    [{ mouth_aa: 1 }, "here: expected the name of a pose parameter, got 'mouth_aa'; did you mean 'mouth_aaa'?"],
    [{ qqqqqqqqqqqq: 1 }, "here: expected the name of a pose parameter, got 'qqqqqqqqqqqq'"],
    [{ mouth_aaa: '1' }, "here: 'mouth_aaa': expected a finite number, got a string"],
    [{ mouth_aaa: null }, "here: 'mouth_aaa': expected a finite number, got null"],
    [[1, 2, 3], 'here: expected 45 numbers, got 3; see the table of parameters'],
    [7, 'here: expected 45 numbers or an object of names and numbers, got a number'],
    [null, 'here: expected 45 numbers or an object of names and numbers, got null'],
    ['{"a"', `here: expected JSON of 45 numbers or of names and numbers, got '{"a"'`],
    ['{"__proto__": 1}', "here: expected the name of a pose parameter, got '__proto__'"],
  ])('refuses %j', (input, message) => {
    expect(() => parsePose(input, 'here')).toThrow(new PoseError(message));
  });
});

describe('parsePoseText', () => {
  it('reads presets, assignments and JSON', () => {
    for (const preset of POSE_PRESETS) expect(parsePoseText(` ${preset} `)).toEqual(presetPose(preset));
    expect(formatPose(parsePoseText('eye_wink=1, head_y = -.5,breathing=2e-1'))).toEqual({
      eye_wink_left: 1,
      eye_wink_right: 1,
      head_y: -0.5,
      breathing: 0.2,
    });
    expect(formatPose(parsePoseText(' {"mouth_ooo": 1}'))).toEqual({ mouth_ooo: 1 });
  });

  it.each([
    ['smiel', /^here: expected a preset \(neutral, smile, .*\), .*got 'smiel'; did you mean 'smile'\?$/],
    ['', /got ''$/],
    ['head_y=', /^here: expected 'name=value' with a decimal number, got 'head_y='$/],
    ['head_y=0x10', /decimal number/],
    ['head_y=1=2', /decimal number/],
    ['head_y=1,', /got ''$/],
    ['heady=1', /got 'heady'; did you mean 'head_y'\?$/],
    ['head_y=1e999', /'head_y': expected a finite number, got Infinity$/],
  ])("refuses '%s'", (text, message) => {
    expect(() => parsePoseText(text, 'here')).toThrow(PoseError);
    expect(() => parsePoseText(text, 'here')).toThrow(message);
  });

  it('gives 45 finite numbers or a PoseError for any text', () => {
    const next = seededRandom(99);
    const below = (n: number) => next() % n;
    const seeds = [
      ...POSE_PRESETS,
      'eye_wink=1,head_y=-0.5,breathing=2e-1',
      '{"mouth_aaa": 0.5, "eye_wink": 1e-3, "head_x": -1}',
      JSON.stringify([...presetPose('sad')]),
    ];
    const pieces = [
      '=',
      ',',
      '{',
      '}',
      '[',
      ']',
      '"',
      ':',
      '-',
      'e',
      '9',
      '.',
      ' ',
      '_left',
      'NaN',
      '__proto__',
      '\0',
      '\u{1f600}',
    ];
    let refused = 0;
    for (let i = 0; i < 10_000; i++) {
      let text = seeds[below(seeds.length)]!;
      for (let edits = 1 + below(4); edits > 0; edits--) {
        const [from, length] = [below(text.length + 1), below(4)];
        const piece = below(3) === 0 ? seeds[below(seeds.length)]! : pieces[below(pieces.length)]!.repeat(below(3));
        text = text.slice(0, from) + piece + text.slice(from + length);
      }
      try {
        const pose = parsePoseText(text);
        expect(pose.length === 45 && pose.every(Number.isFinite)).toBe(true);
      } catch (error) {
        if (!(error instanceof Tha4Error))
          throw new Error(`not our error for ${JSON.stringify(text)}`, { cause: error });
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(1000);
    expect(refused).toBeLessThan(9900);
    for (const long of ['['.repeat(1e6), 'a'.repeat(1e6), `${'a'.repeat(1e6)}=1`, 'head_y=1,'.repeat(1e5)]) {
      expect(() => parsePoseText(long)).toThrow(PoseError);
    }
  });
});
