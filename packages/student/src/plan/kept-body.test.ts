import { describe, expect, it } from 'vitest';
import { KeptBody, keepsBody, LONGEST_WAY, wayOfFace } from './kept-body.ts';

const MOUTH = 26;
const EYE = 12;
const HEAD = 39;

const pose = (...moved: readonly (readonly [index: number, value: number])[]): Float32Array => {
  const values = new Float32Array(45);
  for (const [index, value] of moved) values[index] = value;
  return values;
};

describe('KeptBody', () => {
  it('serves a face that is near, of a body that rests', () => {
    const kept = new KeptBody(true);
    expect(kept.serves(pose(), 'reuse')).toBe(false);
    kept.keep(pose([HEAD, 0.5]), 'reuse');
    expect(kept.serves(pose([HEAD, 0.5], [MOUTH, LONGEST_WAY]), 'reuse')).toBe(true);
    expect(kept.serves(pose([HEAD, 0.5], [MOUTH, LONGEST_WAY + 0.01]), 'reuse')).toBe(false);
    expect(kept.serves(pose([HEAD, 0.51]), 'reuse')).toBe(false);
    kept.forget();
    expect(kept.serves(pose([HEAD, 0.5]), 'reuse')).toBe(false);
  });

  it('serves what is asked for with something as good or better', () => {
    const kept = new KeptBody(true);
    kept.keep(pose(), 'half');
    expect((['exact', 'reuse', 'half'] as const).map((quality) => kept.serves(pose(), quality))).toEqual([
      false,
      false,
      true,
    ]);
    kept.keep(pose(), 'reuse');
    expect((['exact', 'reuse', 'half'] as const).map((quality) => kept.serves(pose(), quality))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('serves any face of a body that does not see it, and as exactly as it was kept', () => {
    const kept = new KeptBody(false);
    kept.keep(pose([HEAD, 0.5]), 'reuse');
    const far = pose([HEAD, 0.5], [MOUTH, 1], [EYE, 1]);
    expect((['exact', 'reuse', 'half'] as const).map((quality) => kept.serves(far, quality))).toEqual([
      true,
      true,
      true,
    ]);
    expect(kept.quality).toBe('exact');
    expect(kept.painted(far, 'warp')).toBe('exact');
    expect(kept.serves(pose([HEAD, 0.51]), 'exact')).toBe(false);
    kept.keep(pose(), 'half');
    expect((['exact', 'reuse', 'half'] as const).map((quality) => kept.serves(pose(), quality))).toEqual([
      false,
      false,
      true,
    ]);
    expect(kept.quality).toBe('half');
  });

  it('is to be kept where nothing but the face moves and the body does not see it, or a worse quality is wanted', () => {
    const keeps = (seesFace: boolean, ...moved: readonly (readonly [number, number])[]): boolean =>
      keepsBody('exact', seesFace, pose(), pose(...moved));
    expect(keeps(false, [MOUTH, 1])).toBe(true);
    expect(keeps(true, [MOUTH, 1])).toBe(false);
    expect(keeps(false)).toBe(false);
    expect(keeps(false, [MOUTH, 1], [HEAD, 1])).toBe(false);
    expect(keepsBody('exact', false, null, pose())).toBe(false);
    expect(keepsBody('reuse', true, null, pose())).toBe(true);
  });

  it('counts eyes more than mouths, and mouths more than irises', () => {
    expect(wayOfFace(pose(), pose([EYE, 0.5]))).toBe(1);
    expect(wayOfFace(pose([MOUTH, 1]), pose([MOUTH, 0.5]))).toBe(0.5);
    expect(wayOfFace(pose(), pose([37, -1]))).toBe(0.25);
    expect(wayOfFace(pose(), pose([HEAD, 1]))).toBe(0);
  });
});
