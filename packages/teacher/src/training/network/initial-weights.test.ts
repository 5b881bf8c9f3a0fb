import { expect, test } from 'vitest';
import { BODY, smallBodyTrainer, testFrame } from '../../../test/support/small-trainers.ts';
import { ORIGINAL_START } from './initial-weights.ts';

const LOSS = { blended: 1, warped: 1, gridChange: 1, direct: 1 };
const FIRST_LAYERS = BODY.levels.map((_, level) => `siren_layers.${level}.0.linear.weight`);
/** The first two of seven pose values are never seen. */
const POSE_SCALES = [0, 0, 1, 1, 1, 1, 1];

test('a position scale is a factor on the positions of every first layer, and on nothing else', async () => {
  const [plain, scaled] = await Promise.all([
    smallBodyTrainer(),
    smallBodyTrainer({ start: { ...ORIGINAL_START, positionScale: 8 } }),
  ]);
  const [before, after] = [plain.weights(), scaled.weights()];
  for (const [key, { shape, data }] of before) {
    const [inputs, width] = [shape[0]!, shape[1] ?? 0];
    const position = FIRST_LAYERS.includes(key) ? inputs - BODY.poseSize - 2 : Number.NaN;
    const expected = data.map((value, i) => {
      const row = Math.floor(i / width);
      return row === position || row === position + 1 ? value * 8 : value;
    });
    expect(after.get(key)!.data).toEqual(expected);
  }
  for (const trainer of [plain, scaled]) trainer.dispose();
});

test.each(['adam', 'soap'] as const)('pose values of scale 0 are never seen, with %s', async (optimiser) => {
  const trainers = await Promise.all(
    [1, -1].map(() => smallBodyTrainer({ optimiser, start: { ...ORIGINAL_START, poseScales: POSE_SCALES } })),
  );
  for (const [i, trainer] of trainers.entries()) {
    const frame = testFrame(0);
    frame.pose.fill(i === 0 ? 1 : -1, 0, 2);
    trainer.put(0, frame);
    for (let update = 0; update < 3; update++) await trainer.step({ rate: 1e-3, loss: LOSS });
  }
  const [one, other] = trainers.map((trainer) => trainer.weights());
  expect(one).toEqual(other);
  for (const key of FIRST_LAYERS) {
    const { shape, data } = one!.get(key)!;
    const [inputs, width] = [shape[0]!, shape[1]!];
    const first = (inputs - BODY.poseSize) * width;
    expect(data.subarray(first, first + 2 * width).every((value) => value === 0)).toBe(true);
    expect(data.subarray(first + 2 * width).every((value) => value !== 0)).toBe(true);
  }
  for (const trainer of trainers) trainer.dispose();
});
