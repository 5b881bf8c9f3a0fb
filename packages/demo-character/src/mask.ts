interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const SIZE = 512;
/** Each eye with its brow and headroom above, mouth with jaw; pixels, right and bottom exclusive. */
const MOVING: readonly Box[] = [
  { left: 211, top: 110, right: 252, bottom: 172 },
  { left: 260, top: 110, right: 301, bottom: 172 },
  { left: 218, top: 160, right: 294, bottom: 199 },
];

/** The face mask, 512x512 RGB bytes, 255 where eyes, brows, mouth and jaw move and 0 elsewhere. */
export function drawMask(): Uint8Array {
  const mask = new Uint8Array(SIZE * SIZE * 3);
  for (const { left, top, right, bottom } of MOVING) {
    for (let y = top; y < bottom; y++) mask.fill(255, (y * SIZE + left) * 3, (y * SIZE + right) * 3);
  }
  return mask;
}
