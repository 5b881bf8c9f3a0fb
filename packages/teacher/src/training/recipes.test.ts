import { describeShared, readSharedJson } from '@tha4/test-utils';
import { describe, expect, test } from 'vitest';
import { PAPER } from './recipes.ts';
import { updateAt } from './schedule.ts';

interface Row {
  readonly examples_seen_so_far: number;
  readonly face_lr: number;
  readonly body_lr: number;
  readonly body_weights: Record<'full_blended' | 'full_warped' | 'full_grid_change' | 'full_color_change', number>;
}

describeShared('paper recipe', () => {
  const { schedule_table } = readSharedJson<{ schedule_table: readonly Row[] }>('golden/ops/training/training.json');

  test.each(schedule_table.map((row) => [row.examples_seen_so_far, row] as const))('after %i examples', (seen, row) => {
    const { full_blended, full_warped, full_grid_change, full_color_change } = row.body_weights;
    const face = updateAt(PAPER.face.schedule, seen / (PAPER.face.updates * 8));
    const body = updateAt(PAPER.body.schedule, seen / (PAPER.body.updates * 8));
    expect(face).toEqual({ rate: expect.closeTo(row.face_lr, 12), loss: { full: 1, masked: 20 }, size: 0 });
    expect(body).toEqual({
      rate: expect.closeTo(row.body_lr, 12),
      loss: { blended: full_blended, warped: full_warped, gridChange: full_grid_change, direct: full_color_change },
      size: 0,
    });
  });
});

describe('cosine schedule', () => {
  const schedule = {
    rate: { kind: 'cosine', peak: 1, warmUp: 0.1, floor: 0.02 },
    losses: [
      { until: 0.5, loss: 'a' },
      { until: 1, loss: 'b', size: 1 },
    ],
  } as const;

  test('warms up, peaks and falls to its floor', () => {
    const rates = [0, 0.05, 0.1, 0.55, 1].map((progress) => updateAt(schedule, progress).rate);
    expect(rates).toEqual([0.05, 0.525, 1, expect.closeTo(0.51, 10), expect.closeTo(0.02, 10)]);
  });

  test('a boundary belongs to the next phase', () => {
    expect([0.49, 0.5, 1].map((progress) => updateAt(schedule, progress))).toMatchObject([
      { loss: 'a', size: 0 },
      { loss: 'b', size: 1 },
      { loss: 'b', size: 1 },
    ]);
  });
});
