import { assertClose, describeShared, readSharedJson } from '@tha4/test-utils';
import { expect, test } from 'vitest';
import { BLENDSHAPE_NAMES, DEFAULT_MAPPING, mapAsOriginal, POSE_SIZE, rotationFromMatrix } from '../src/index.ts';
import { fitMouth, mouthLoss } from '../src/mapping/mouth-fit.ts';
import type { MappingSettings } from '../src/mapping/settings.ts';

interface Case {
  blendshapes: Record<string, number>;
  matrix_row_major?: number[][];
  pose: number[];
  variant?: string;
  mouth_fit?: {
    point: number[];
    weights_exact: number[];
    loss_reference: number;
    pose_exact: Record<string, number>;
    reference_converged: boolean;
  };
}
interface Golden {
  pose_parameter_names: string[];
  cases: Case[];
}

const folder = 'golden/pose-mapping/';
/** The four numbers of the fit: aaa, iii, uuu, ooo. */
const MOUTH = [26, 27, 28, 30];

function channels(each: Case): Float64Array {
  return Float64Array.from(BLENDSHAPE_NAMES, (name) => each.blendshapes[name] ?? 0);
}

function rotation(each: Case) {
  const rows = each.matrix_row_major;
  if (rows !== undefined) return rotationFromMatrix([0, 1, 2, 3].flatMap((column) => rows.map((row) => row[column]!)));
  const bone = (axis: string) => each.blendshapes[`headBone${axis}`] ?? 0;
  return { pitch: bone('X'), yaw: bone('Y'), roll: bone('Z') };
}

describeShared('all recorded answers of the original', () => {
  test.each(['mediapipe', 'ifacialmocap'] as const)('%s: 200 cases', (converter) => {
    const { cases, pose_parameter_names: names } = readSharedJson<Golden>(`${folder}${converter}.json`);
    let fits = 0;
    for (const each of cases) {
      const reading = { blendshapes: channels(each), rotation: rotation(each) };
      const pose = mapAsOriginal(reading, DEFAULT_MAPPING, new Float64Array(POSE_SIZE), converter);
      const expected = [...each.pose];
      const fit = each.mouth_fit;
      if (fit !== undefined) {
        fits++;
        const weights = fitMouth(fit.point, new Float64Array(4));
        expect(mouthLoss(weights, fit.point)).toBeLessThanOrEqual(fit.loss_reference + 1e-12);
        assertClose(weights, fit.weights_exact, { atol: 1e-7 });
        if (fit.reference_converged)
          for (const i of MOUTH) expect(Math.abs(pose[i]! - expected[i]!)).toBeLessThan(2e-5);
        for (const [name, value] of Object.entries(fit.pose_exact)) expected[names.indexOf(name)] = value;
      }
      assertClose(pose, expected, { atol: 1e-6 });
      assertClose(pose.slice(0, 26), expected.slice(0, 26), { atol: 1e-9 });
    }
    expect(fits).toBeGreaterThan(100);
  });

  test('other thresholds, brow and wink modes', () => {
    const file = readSharedJson<{
      variants: { name: string; constructor_arguments: Record<string, number | string> }[];
      cases: Case[];
    }>(`${folder}mediapipe_variants.json`);
    let stopped = 0;
    const byName = new Map(file.variants.map((one) => [one.name, one.constructor_arguments]));
    for (const each of file.cases) {
      const given = byName.get(each.variant!)!;
      const angles = rotation(each);
      const offset = (axis: string) => Number(given[`head_${axis}_offset`] ?? 0);
      const reading = {
        blendshapes: channels(each),
        rotation: { pitch: angles.pitch - offset('x'), yaw: angles.yaw - offset('y'), roll: angles.roll - offset('z') },
      };
      const pose = mapAsOriginal(reading, settingsOf(given), new Float64Array(POSE_SIZE), 'mediapipe');
      const expected = [...each.pose];
      // The exact weights are not on record here; the README counts five cases where the reference stopped early.
      const offMouth = Math.max(...MOUTH.map((i) => Math.abs(pose[i]! - expected[i]!)));
      if (offMouth > 2e-5) stopped++;
      for (const i of MOUTH) expected[i] = pose[i]!;
      assertClose(pose, expected, { atol: 1e-6 });
    }
    expect(stopped).toBeLessThanOrEqual(5);
  });
});

function settingsOf(given: Record<string, number | string>): MappingSettings {
  const number = (name: string, usual: number) => Number(given[name] ?? usual);
  const usual = DEFAULT_MAPPING;
  return {
    style: 'original',
    smileMin: number('smile_threshold_min', usual.smileMin),
    smileMax: number('smile_threshold_max', usual.smileMax),
    surprisedMax: number('eye_surprised_max', usual.surprisedMax),
    blinkMax: number('eye_blink_max', usual.blinkMax),
    browDownMax: number('eyebrow_down_max', usual.browDownMax),
    squintMin: number('cheek_squint_min', usual.squintMin),
    squintMax: number('cheek_squint_max', usual.squintMax),
    irisFactor: number('eye_rotation_factor', usual.irisFactor),
    jawMin: number('jaw_open_min', usual.jawMin),
    jawMax: number('jaw_open_max', usual.jawMax),
    frownMax: number('mouth_frown_max', usual.frownMax),
    funnelMin: number('mouth_funnel_min', usual.funnelMin),
    funnelMax: number('mouth_funnel_max', usual.funnelMax),
    irisSmallLeft: number('iris_small_left', 0),
    irisSmallRight: number('iris_small_right', 0),
    brows: String(given.eyebrow_down_mode ?? 'angry').toLowerCase() as MappingSettings['brows'],
    wink: given.wink_mode === 'RELAXED' ? 'relaxed' : 'normal',
  };
}
