import { compositeOver, decodePng, FRAME_SIZE, STUDENT_FACE_CROP } from '@tha4/core';
import { findFaceMask, HEAD_BOX, maskCoverage, maskImage, preparePicture, resample } from '@tha4/teacher/prepare';
import { CHARACTERS, describeShared, readShared } from '@tha4/test-utils';
import { afterAll, expect, it } from 'vitest';
import { type MovingRegions, maskShares, movingRegions, readPublished } from './moving-regions.ts';

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;
/** The same student and picture under another name. */
const TWINS: Readonly<Record<string, string>> = { lambda_chan: 'lambda_00', lambda_san: 'lambda_01' };
const DISTINCT = CHARACTERS.filter((name) => !(name in TWINS));
const known = new Map<string, MovingRegions>();

async function regionsOf(name: string): Promise<MovingRegions> {
  const twin = TWINS[name] ?? name;
  const regions = known.get(twin) ?? (await movingRegions(readPublished(twin)));
  known.set(twin, regions);
  return regions;
}

describeShared('the face mask of published characters', () => {
  const rows: Record<string, string>[] = [];
  const energies: number[] = [];
  const moving: number[] = [];
  afterAll(() => console.table(rows));

  it.each(CHARACTERS)('%s: covers what its student moves, and not too much', async (name) => {
    const character = readPublished(name);
    const mask = findFaceMask(character.image);
    const { data } = maskImage(mask);
    const { top, left } = STUDENT_FACE_CROP;
    const white = (row: number, column: number) => data[((row + top) * FRAME_SIZE + column + left) * 4] === 255;
    const shares = maskShares(await regionsOf(name), white);
    const coverage = maskCoverage(mask);
    const given =
      character.faceMaskPng ?? (name.startsWith('lambda_0') ? readShared(`characters/${name}/face_mask.png`) : null);
    const iou = given === null ? null : overlap(data, decodePng(given, name).data);
    rows.push({
      character: name,
      'squared change inside': percent(shares.energy),
      'change of what moves': percent(shares.moving),
      'all change': percent(shares.raw),
      'covers of the face': percent(coverage),
      'IoU with the given': iou === null ? '' : iou.toFixed(2),
    });
    energies.push(shares.energy);
    moving.push(shares.moving);
    expect(coverage).toBeLessThan(0.6);
    if (iou !== null) expect(iou).toBeGreaterThan(0.6);
  });

  it('holds 90 % of the change for nine of ten at least, by both measures', () => {
    for (const shares of [energies, moving]) {
      expect(shares).toHaveLength(10);
      expect(shares.filter((share) => share >= 0.9).length).toBeGreaterThanOrEqual(9);
    }
  });

  it('would be noticed where it is in the wrong place', async () => {
    const shares = maskShares(await regionsOf('lambda_00'), (row) => row < 40);
    expect(shares.energy).toBeLessThan(0.5);
  });
});

describeShared('the head of published characters', () => {
  const rows: Record<string, string | number>[] = [];
  afterAll(() => console.table(rows));

  it.each(DISTINCT)('%s: is found, and brought back after shifts and scalings', (name) => {
    const { image } = readPublished(name);
    const plain = preparePicture(image);
    const { left, top, size } = plain.report.head!;
    const off = Math.max(...[left - 192, top - 64, left + size - 320, top + size - 192].map(Math.abs));
    expect([plain.report.ok, plain.report.conforming, plain.character]).toEqual([true, true, image]);
    const back = TRANSFORMS.map((transform) => {
      const { report } = preparePicture(resample(image, transform, FRAME_SIZE, FRAME_SIZE));
      expect(report.ok).toBe(true);
      const { scale, left: dx, top: dy } = report.placement;
      return Math.max(
        ...CORNERS.map(([x, y]) => {
          const again = [
            (x * transform.scale + transform.left) * scale + dx,
            (y * transform.scale + transform.top) * scale + dy,
          ];
          return Math.max(Math.abs(again[0]! - x), Math.abs(again[1]! - y));
        }),
      );
    });
    rows.push({
      character: name,
      'box off by': off.toFixed(1),
      ...Object.fromEntries(back.map((v, i) => [NAMES[i]!, v.toFixed(1)])),
    });
    expect(off).toBeLessThan(12);
    for (const distance of back) expect(distance).toBeLessThan(12);
  });

  it('stays in its place where only the background goes', () => {
    const { image } = readPublished('lambda_01');
    const { report, character } = preparePicture(compositeOver(image, [0, 200, 60]));
    expect([report.ok, report.conforming, report.placement]).toEqual([true, false, { scale: 1, left: 0, top: 0 }]);
    let different = 0;
    for (let i = 3; i < character.data.length; i += 4) {
      if (Math.abs(character.data[i]! - image.data[i]!) > 96) different++;
    }
    // Only soft edges may differ that much: 1 % of the figure.
    expect(different).toBeLessThan(800);
  });
});

/** About the middle of the head's box, then shifted. */
const around = (scale: number, dx: number, dy: number) => ({
  scale,
  left: 256 * (1 - scale) + dx,
  top: 128 * (1 - scale) + dy,
});
const TRANSFORMS = [around(0.7, 40, 40), around(1.4, -40, 40), around(0.85, -40, -20)];
const NAMES = ['x0.7, +40, +40', 'x1.4, -40, +40', 'x0.85, -40, -20'];
const { left: L, top: T, size: S } = HEAD_BOX;
const CORNERS = [
  [L, T],
  [L + S, T],
  [L, T + S],
  [L + S, T + S],
] as const;

function overlap(mask: Uint8Array | Uint8ClampedArray, given: Uint8Array): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < mask.length; i += 4) {
    const [a, b] = [mask[i]! > 127, given[i]! > 127];
    if (a && b) both++;
    if (a || b) either++;
  }
  return both / either;
}
