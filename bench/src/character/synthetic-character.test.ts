import { readCharacter, writeCharacter } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import { expect, it } from 'vitest';
import { roundPoses } from '../poses.ts';
import { tilesToPaint } from './painted-share.ts';
import { syntheticCharacter } from './synthetic-character.ts';

it('paints 47 % of the picture, as real characters do, in any pose', async () => {
  const character = readCharacter(writeCharacter(syntheticCharacter(), 'F32'), 'synthetic');
  const tiles = tilesToPaint(character);
  const share = tiles.reduce((sum, tile) => sum + tile, 0) / tiles.length;
  expect(Math.round(share * 100)).toBe(47);
  const student = await createWasmStudent(character, { variant: 'plain' });
  const frame = student.paint(Float32Array.from(roundPoses()(1)));
  expect(student.paintedShare, 'nothing appeared beside the figure').toBe(share);
  expect(frame.every(Number.isFinite)).toBe(true);
});
