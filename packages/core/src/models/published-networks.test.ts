import { describe, expect, test } from 'vitest';
import { elementCount } from '../checkpoint/dtype.ts';
import type { Network } from './network.ts';
import { THA3_NETWORKS } from './tha3/networks.ts';
import { THA4_NETWORKS } from './tha4/networks.ts';

const sizes = (networks: readonly Network[]): Record<string, number> =>
  Object.fromEntries(
    networks.map(({ name, spec }) => [name, [...spec.values()].reduce((sum, shape) => sum + elementCount(shape), 0)]),
  );

// Parameters of the original's classes, as PyTorch counts them.
describe('the published networks have as many parameters as the original’s:', () => {
  test('THA4', () => {
    expect(sizes(THA4_NETWORKS)).toEqual({
      eyebrow_decomposer: 31_479_434,
      eyebrow_morphing_combiner: 31_535_878,
      face_morpher: 31_605_002,
      body_morpher: 34_682_119,
      upscaler: 35_015_655,
    });
  });

  test('THA3 standard', () => {
    expect(sizes(THA3_NETWORKS.standard)).toEqual({
      eyebrow_decomposer: 31_479_434,
      eyebrow_morphing_combiner: 31_535_878,
      face_morpher: 31_605_002,
      two_algo_face_body_rotator: 32_662_276,
      editor: 8_361_672,
    });
  });

  test('THA3 separable', () => {
    expect(sizes(THA3_NETWORKS.separable)).toEqual({
      eyebrow_decomposer: 3_319_982,
      eyebrow_morphing_combiner: 3_325_370,
      face_morpher: 3_335_201,
      two_algo_face_body_rotator: 3_580_014,
      editor: 942_328,
    });
  });
});
