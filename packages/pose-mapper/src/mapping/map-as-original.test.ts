import { readFileSync } from 'node:fs';
import { assertClose } from '@tha4/test-utils';
import { describe, expect, test } from 'vitest';
import { POSE, POSE_SIZE } from '../pose/names.ts';
import { BLENDSHAPE, BLENDSHAPE_COUNT } from '../sample/blendshape-names.ts';
import { mapAsOriginal } from './map-as-original.ts';
import { fitMouth, mouthLoss } from './mouth-fit.ts';
import { DEFAULT_MAPPING } from './settings.ts';

interface Case {
  blendshapes: number[];
  rotation: [number, number, number];
  pose: Record<string, number>;
  fit?: { point: number[]; weights: number[]; referenceLoss: number };
}

const golden = JSON.parse(
  readFileSync(new URL('../../test/golden/original-mapping.json', import.meta.url), 'utf8'),
) as Record<'mediapipe' | 'ifacialmocap', Case[]>;

const straight = { pitch: 0, yaw: 0, roll: 0 };

describe.each(['mediapipe', 'ifacialmocap'] as const)('the original’s %s converter', (converter) => {
  const run = ({ blendshapes, rotation: [pitch, yaw, roll] }: Case) =>
    mapAsOriginal(
      { blendshapes, rotation: { pitch, yaw, roll } },
      DEFAULT_MAPPING,
      new Float64Array(POSE_SIZE),
      converter,
    );

  test('gives the same 45 numbers', () => {
    for (const each of golden[converter]) {
      const expected = Float64Array.from({ length: POSE_SIZE }, (_, i) => each.pose[i] ?? 0);
      assertClose(run(each), expected, { atol: 1e-6 });
    }
  });

  test('gives others where the head is nudged', () => {
    const each = golden[converter][0];
    const [pitch, yaw, roll] = each!.rotation;
    const expected = Float64Array.from({ length: POSE_SIZE }, (_, i) => each!.pose[i] ?? 0);
    expect(() => assertClose(run({ ...each!, rotation: [pitch, yaw + 1e-4, roll] }), expected, { atol: 1e-6 })).toThrow(
      /differ/,
    );
  });

  test('fits the mouth no worse', () => {
    for (const { fit } of golden[converter]) {
      if (fit === undefined) continue;
      const weights = fitMouth(fit.point, new Float64Array(4));
      assertClose(weights, fit.weights, { atol: 1e-7 });
      expect(mouthLoss(weights, fit.point)).toBeLessThanOrEqual(fit.referenceLoss + 1e-9);
    }
  });
});

test('mistakes of the converters are mended unless asked for', () => {
  const blendshapes = new Float32Array(BLENDSHAPE_COUNT);
  blendshapes[BLENDSHAPE.mouthFrownLeft] = blendshapes[BLENDSHAPE.mouthFrownRight] = 0.15;
  const settings = { ...DEFAULT_MAPPING, irisSmallLeft: 0.3, irisSmallRight: 0.7 };
  const of = (converter?: 'mediapipe' | 'ifacialmocap') => {
    const pose = mapAsOriginal({ blendshapes, rotation: straight }, settings, new Float64Array(POSE_SIZE), converter);
    return [POSE.iris_small_left, POSE.iris_small_right, POSE.mouth_lowered_corner_left].map((i) => pose[i]);
  };
  assertClose(of() as number[], [0.3, 0.7, 0.5], { atol: 1e-6 });
  assertClose(of('mediapipe') as number[], [0.7, 0.3, 0.5], { atol: 1e-6 });
  assertClose(of('ifacialmocap') as number[], [0.7, 0.3, 0], { atol: 1e-6 });
});
