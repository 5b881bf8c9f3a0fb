import { describe, expect, it } from 'vitest';
import { resample } from './resample.ts';

/** A half red, half transparent picture whose hidden colour is green. */
function halves(side: number) {
  const data = new Uint8Array(side * side * 4);
  for (let i = 0; i < side * side; i++) data.set(i % side < side / 2 ? [200, 10, 30, 255] : [0, 255, 0, 0], i * 4);
  return { width: side, height: side, data };
}

describe('resample', () => {
  it('keeps whole pixels that are moved by whole pixels', () => {
    const image = halves(8);
    const { data } = resample(image, { scale: 1, left: 2, top: 1 }, 8, 8);
    expect([...data.subarray((3 * 8 + 4) * 4, (3 * 8 + 5) * 4)]).toEqual([200, 10, 30, 255]);
    expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 0]);
  });

  it.each([0.3, 0.5, 1.7])('mixes no hidden colour into edges at scale %s', (scale) => {
    const side = Math.round(40 * scale);
    const { data } = resample(halves(40), { scale, left: 0, top: 0 }, side, side);
    let soft = 0;
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3]! > 8) expect(data[i + 1]!).toBeLessThan(40);
      if (data[i + 3]! > 8 && data[i + 3]! < 247) soft++;
    }
    expect(soft).toBeGreaterThan(0);
  });

  it('keeps the mean of light', () => {
    const data = new Uint8Array(32 * 32 * 4).fill(255);
    for (let i = 0; i < 1024; i += 2) data.set([0, 0, 0], i * 4);
    const small = resample({ width: 32, height: 32, data }, { scale: 0.25, left: 0, top: 0 }, 8, 8);
    // Half of white is 188 in sRGB, not 128.
    expect(Math.abs(small.data[(4 * 8 + 4) * 4]! - 188)).toBeLessThan(3);
  });
});
