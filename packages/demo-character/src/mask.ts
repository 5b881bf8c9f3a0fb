interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const SIZE = 512;
/** Each eye with its brow and headroom above, mouth with jaw; pixels, right and bottom exclusive; they stand apart. */
const MOVING: readonly Box[] = [
  { left: 211, top: 110, right: 253, bottom: 170 },
  { left: 259, top: 110, right: 301, bottom: 170 },
  { left: 216, top: 172, right: 296, bottom: 200 },
];

/** The face mask, 512x512 RGB bytes, 255 where eyes, brows, mouth and jaw move and 0 elsewhere. */
export function drawMask(): Uint8Array {
  const mask = new Uint8Array(SIZE * SIZE * 3);
  for (const { left, top, right, bottom } of MOVING) {
    for (let y = top; y < bottom; y++) mask.fill(255, (y * SIZE + left) * 3, (y * SIZE + right) * 3);
  }
  return mask;
}
