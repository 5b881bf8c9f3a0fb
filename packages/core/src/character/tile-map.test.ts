import { describe, expect, it } from 'vitest';
import { decodeTileMap, encodeTileMap } from './tile-map.ts';

describe('tile map', () => {
  it('writes a row of tiles as hexadecimal digits, left to right', () => {
    const visible = new Uint8Array(36);
    visible[0] = visible[5] = visible[8] = 1;
    expect(encodeTileMap(visible, 7)).toEqual({ tile: 8, poses: 7, rows: ['84', '20', '00', '00', '00', '00'] });
  });

  it('reads back what it wrote', () => {
    const visible = Uint8Array.from({ length: 64 * 64 }, (_, i) => ((i * 7919) % 3) & 1);
    expect(decodeTileMap(encodeTileMap(visible, 1), 512, 'x')).toEqual(visible);
  });

  it('refuses a map of another size', () => {
    const map = encodeTileMap(new Uint8Array(64), 1);
    expect(() => decodeTileMap(map, 512, 'a.tha')).toThrow(/a\.tha.*visibleTiles.*64 rows of 16 digits, got 8 rows/);
  });
});
