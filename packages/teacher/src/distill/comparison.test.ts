import { describe, expect, it } from 'vitest';
import { comparison, differenceImage, halved, PANEL } from './comparison.ts';

function plain(size: number, colour: readonly [number, number, number, number]) {
  const data = new Uint8Array(size * size * 4);
  for (let i = 0; i < data.length; i += 4) data.set(colour, i);
  return { width: size, height: size, data };
}

describe('a comparison', () => {
  it('has teacher, student and difference in columns, faces below', () => {
    const { width, height, data } = comparison(plain(512, [200, 0, 0, 255]), plain(512, [0, 0, 200, 255]));
    expect([width, height]).toEqual([3 * PANEL, 2 * PANEL]);
    const at = (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)];
    for (const y of [10, PANEL + 10]) {
      expect(at(10, y)).toEqual([200, 0, 0, 255]);
      expect(at(PANEL + 10, y)).toEqual([0, 0, 200, 255]);
      expect(at(2 * PANEL + 10, y)).toEqual([255, 255, 240, 255]);
    }
  });

  it('shows nothing where frames are equal, and not what hides under alpha 0', () => {
    const difference = differenceImage(plain(4, [9, 200, 9, 0]), plain(4, [0, 0, 0, 0]));
    expect([...difference.data.subarray(0, 4)]).toEqual([0, 0, 0, 255]);
  });

  it('halves without dark edges', () => {
    const half = halved({
      width: 2,
      height: 2,
      data: Uint8Array.of(250, 0, 0, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
    });
    expect([...half.data]).toEqual([250, 0, 0, 64]);
  });
});
