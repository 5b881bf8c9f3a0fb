import { readCharacter, writeCharacter } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import { expect, it } from 'vitest';
import { roundPoses } from '../poses.ts';
import { tilesToPaint } from './painted-share.ts';
import { shareOf, tilesOfFrames } from './painted-tiles.ts';
import { syntheticCharacter } from './synthetic-character.ts';

it('paints 41 or 43 % of the picture in a frame, as real characters do, of a map that is 50 % with its band', async () => {
  const character = readCharacter(writeCharacter(syntheticCharacter(), 'F32'), 'synthetic');
  expect(Math.round(shareOf(tilesToPaint(character)) * 100)).toBe(50);
  const student = await createWasmStudent(character, { variant: 'plain', smallTiles: false });
  const frame = student.paint(Float32Array.from(roundPoses()(1)));
  expect(frame.every(Number.isFinite)).toBe(true);
  expect(student.paintedShare, 'nothing appeared beside the figure').toBe(shareOf(tilesToPaint(character)));
  const frames = await tilesOfFrames(character, roundPoses(), 2);
  for (const { cpu, gpu } of frames) expect([cpu, gpu].map((t) => Math.round(shareOf(t) * 100))).toEqual([41, 43]);
});
