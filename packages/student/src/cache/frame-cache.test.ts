import { beforeEach, describe, expect, it } from 'vitest';
import { FrameCache } from './frame-cache.ts';

describe('FrameCache', () => {
  let released: string[];
  let cache: FrameCache<string>;
  beforeEach(() => {
    released = [];
    cache = new FrameCache<string>(10, (value) => released.push(value));
  });

  it('lets go of what was not used for longest', () => {
    for (const name of ['a', 'b', 'c']) cache.put(name, name, 3);
    expect(cache.get('a')).toBe('a');
    cache.put('d', 'd', 3);
    expect(released).toEqual(['b']);
    expect(['a', 'b', 'c', 'd'].map((name) => cache.get(name))).toEqual(['a', null, 'c', 'd']);
    expect(cache.stats()).toEqual({ entries: 3, bytes: 9, hits: 4, misses: 1 });
  });

  it('makes room for what is large, and takes in nothing that is larger than itself', () => {
    for (const name of ['a', 'b', 'c']) cache.put(name, name, 3);
    cache.put('large', 'large', 8);
    expect(released).toEqual(['a', 'b', 'c']);
    cache.put('too large', 'too large', 11);
    expect(released.at(-1)).toBe('too large');
    expect(cache.stats()).toMatchObject({ entries: 1, bytes: 8 });
  });

  it('replaces, refuses what does not fit a wish, and clears', () => {
    cache.put('a', 'half', 4);
    expect(cache.get('a', (value) => value === 'exact')).toBeNull();
    cache.put('a', 'exact', 4);
    expect(released).toEqual(['half']);
    expect(cache.get('a', (value) => value === 'exact')).toBe('exact');
    cache.clear();
    expect(released).toEqual(['half', 'exact']);
    expect(cache.stats()).toEqual({ entries: 0, bytes: 0, hits: 1, misses: 1 });
  });
});
