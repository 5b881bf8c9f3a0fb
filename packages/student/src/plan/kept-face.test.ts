import { expect, it } from 'vitest';
import { KeptFace } from './kept-face.ts';

it('paints the face anew when it moves, not when the body does', () => {
  const kept = new KeptFace();
  const pose = new Float32Array(45);
  expect(kept.changes(pose)).toBe(true);
  expect(kept.changes(pose)).toBe(false);
  pose[44] = 1;
  expect(kept.changes(pose)).toBe(false);
  pose[38] = 0.1;
  expect(kept.changes(pose), 'though it is the same array').toBe(true);
  pose[38] = 0;
  expect(kept.changes(pose)).toBe(true);
});
