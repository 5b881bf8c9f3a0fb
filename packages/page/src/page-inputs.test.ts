import { CharacterError } from '@tha4/core';
import { describe, expect, it } from 'vitest';
import { errorText } from './messages.ts';
import { parseRuntime } from './runtime-choice.ts';
import { fileName } from './save-file.ts';

describe('parseRuntime', () => {
  it('takes the fastest without a wish', () => {
    expect(parseRuntime(null)).toBe('auto');
    expect(parseRuntime('wasm')).toBe('wasm');
  });

  it('says what there is', () => {
    expect(() => parseRuntime('cuda')).toThrow(/\?runtime=: expected auto, webgpu, webgl, wasm.*got 'cuda'/);
  });
});

describe('errorText', () => {
  it('shows our errors as they are, also those that crossed a worker', () => {
    expect(errorText(new CharacterError('x.tha: expected a zip'))).toBe('x.tha: expected a zip');
    const crossed = Object.assign(new Error('pose: expected a device'), { name: 'BackendError' });
    expect(errorText(crossed)).toBe('pose: expected a device');
  });

  it('adds words to what nobody expected', () => {
    expect(errorText(new TypeError('x is undefined'))).toBe('Something unexpected happened: x is undefined');
  });
});

describe('fileName', () => {
  it('keeps letters of any script and drops what file systems refuse', () => {
    expect(fileName('小悪魔 / Mei: "1"')).toBe('小悪魔_Mei_1_');
    expect(fileName('../..')).toBe('character');
  });
});
