import { POSE_PARAMETERS } from '@tha4/core';
import { expect, test } from 'vitest';
import { POSE, POSE_MIN, POSE_NAMES, POSE_SIZE } from './names.ts';

test('names, order and ranges are those of core', () => {
  expect(POSE_NAMES).toEqual(POSE_PARAMETERS.map((parameter) => parameter.name));
  expect(POSE_MIN).toEqual(POSE_PARAMETERS.map((parameter) => parameter.min));
  expect(POSE_PARAMETERS.every((parameter) => parameter.max === 1)).toBe(true);
  expect(POSE_NAMES).toHaveLength(POSE_SIZE);
  expect(POSE.breathing).toBe(44);
});
