import { describeShared, readSharedJson } from '@tha4/test-utils';
import { expect, it } from 'vitest';
import { POSE_PARAMETERS } from '../src/pose/parameters.ts';

interface Group {
  readonly index: number;
  readonly names: readonly string[];
  readonly range: readonly [number, number];
  readonly category: string;
}

describeShared('pose parameters', () => {
  const { pose_parameter_groups: groups } = readSharedJson<{ pose_parameter_groups: readonly Group[] }>(
    'golden/pose-mapping/pose_parameters.json',
  );
  const want = groups.flatMap(({ index, names, range: [min, max] }) =>
    names.map((name, side) => ({ index: index + side, name, min, max })),
  );
  const got = POSE_PARAMETERS.map(({ index, name, min, max }) => ({ index, name, min, max }));

  it('have the order, names and ranges of the original', () => {
    expect(got).toEqual(want);
    expect(got.map(({ index }) => index)).toEqual(Array.from({ length: 45 }, (_, i) => i));
  });

  it('would fail on two swapped names', () => {
    const swapped = got.map((p) => ({ ...p, name: p.name === 'mouth_uuu' ? 'mouth_eee' : p.name }));
    expect(() => expect(swapped).toEqual(want)).toThrow();
  });
});
