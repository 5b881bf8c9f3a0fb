/** How many separate shapes of alpha above 0 a square RGBA picture shows; pixels that touch at a corner are together. */
export function countFigures(rgba: Uint8Array, size: number): number {
  const seen = new Uint8Array(size * size);
  const filled = (pixel: number) => rgba[pixel * 4 + 3]! > 0 && seen[pixel] === 0;
  let figures = 0;
  for (let start = 0; start < seen.length; start++) {
    if (!filled(start)) continue;
    figures++;
    const waiting = [start];
    seen[start] = 1;
    for (let pixel = waiting.pop(); pixel !== undefined; pixel = waiting.pop()) {
      for (const next of neighbours(pixel, size)) {
        if (!filled(next)) continue;
        seen[next] = 1;
        waiting.push(next);
      }
    }
  }
  return figures;
}

function neighbours(pixel: number, size: number): number[] {
  const x = pixel % size;
  const y = Math.floor(pixel / size);
  const found: number[] = [];
  for (let row = Math.max(0, y - 1); row <= Math.min(size - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(size - 1, x + 1); column++)
      found.push(row * size + column);
  }
  return found;
}
