import { describe, expect, it } from 'vitest';
import { historyKey } from './pose-buttons.ts';

const key = (name: string, held: Partial<Record<'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey', boolean>> = {}) =>
  historyKey({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });

describe('historyKey', () => {
  it('knows the keys of both systems, also with caps lock', () => {
    expect(key('z', { ctrlKey: true })).toBe('undo');
    expect(key('Z', { metaKey: true, shiftKey: true })).toBe('redo');
    expect(key('y', { ctrlKey: true })).toBe('redo');
  });

  it('leaves other keys alone', () => {
    expect(key('z')).toBeNull();
    expect(key('z', { ctrlKey: true, altKey: true })).toBeNull();
  });
});
