import type { Canvas } from './canvas.ts';

const ROUNDS = 300;

/**
 * Paints over a zone as if nothing were there: as smoothly as can be from what is around it.
 *
 * @param zone pixels to paint over: above 0, `[size, size]`
 * @param trusted whether a pixel beside the zone shows what should go on into it
 * @returns a canvas that differs in the zone only
 */
export function fillZone(canvas: Canvas, zone: Float32Array, trusted: (pixel: number) => boolean): Canvas {
  const { size } = canvas;
  const data = canvas.data.slice();
  const inside: number[] = [];
  const known = new Float32Array(size * size);
  const mean = [0, 0, 0, 0];
  let count = 0;
  for (let pixel = 0; pixel < size * size; pixel++) {
    if (zone[pixel]! > 0) inside.push(pixel);
    else if (besideZone(zone, size, pixel) && trusted(pixel)) {
      known[pixel] = 1;
      count++;
      for (let c = 0; c < 4; c++) mean[c]! += data[pixel * 4 + c]!;
    }
  }
  if (count === 0) return { size, data };
  for (const pixel of inside) for (let c = 0; c < 4; c++) data[pixel * 4 + c] = mean[c]! / count;
  let from = data;
  let to = data.slice();
  const neighbours = inside.map((pixel) =>
    [pixel - 1, pixel + 1, pixel - size, pixel + size].filter(
      (q) => q >= 0 && q < size * size && (zone[q]! > 0 || known[q] === 1),
    ),
  );
  for (let round = 0; round < ROUNDS; round++) {
    inside.forEach((pixel, i) => {
      const around = neighbours[i]!;
      for (let c = 0; c < 4 && around.length > 0; c++) {
        let sum = 0;
        for (const q of around) sum += from[q * 4 + c]!;
        to[pixel * 4 + c] = sum / around.length;
      }
    });
    [from, to] = [to, from];
  }
  return { size, data: from };
}

function besideZone(zone: Float32Array, size: number, pixel: number): boolean {
  const column = pixel % size;
  return (
    (column > 0 && zone[pixel - 1]! > 0) ||
    (column < size - 1 && zone[pixel + 1]! > 0) ||
    (pixel >= size && zone[pixel - size]! > 0) ||
    (pixel + size < size * size && zone[pixel + size]! > 0)
  );
}
