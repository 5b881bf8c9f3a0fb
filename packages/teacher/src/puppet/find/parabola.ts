/** Row by column: `a + b d + c d^2`, `d` being the distance from `centre`. */
export interface Parabola {
  readonly centre: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export function rowAt({ centre, a, b, c }: Parabola, x: number): number {
  const d = x - centre;
  return a + (b + c * d) * d;
}

/**
 * The parabola nearest to weighted points, drawn towards a likely one; points far from both count little.
 *
 * @param scale how far off a point may be, pixels
 * @param pull how much the likely row, slope and bend weigh, in points of weight 1
 */
export function fitParabola(
  points: readonly { readonly x: number; readonly y: number; readonly weight: number }[],
  likely: Parabola,
  scale: number,
  pull: readonly [number, number, number],
): Parabola {
  const { centre } = likely;
  let fit = likely;
  for (let round = 0; round < 8; round++) {
    const tolerance = Math.max(scale * (0.9 - 0.1 * round), 1.2);
    // Normal equations of what is left beside `likely`.
    const m = [pull[0], 0, 0, pull[1], 0, pull[2]];
    const r = [0, 0, 0];
    for (const { x, y, weight } of points) {
      const d = (x - centre) / scale;
      const off = (y - rowAt(fit, x)) / tolerance;
      const w = weight / (1 + off * off) ** 2;
      const rest = y - rowAt(likely, x);
      const basis = [1, d, d * d];
      let k = 0;
      for (let i = 0; i < 3; i++) {
        r[i]! += w * basis[i]! * rest;
        for (let j = i; j < 3; j++) m[k++]! += w * basis[i]! * basis[j]!;
      }
    }
    const [a, b, c] = solve(m, r);
    fit = { centre, a: likely.a + a, b: likely.b + b / scale, c: likely.c + c / (scale * scale) };
  }
  return fit;
}

/** Solves a symmetric 3x3 system given by its upper triangle. */
function solve(m: readonly number[], r: readonly number[]): [number, number, number] {
  const [a, b, c, d, e, f] = m as [number, number, number, number, number, number];
  const [p, q, s] = r as [number, number, number];
  const A = d * f - e * e;
  const B = c * e - b * f;
  const C = b * e - c * d;
  const determinant = a * A + b * B + c * C;
  const D = a * f - c * c;
  const E = b * c - a * e;
  const F = a * d - b * b;
  return [
    (A * p + B * q + C * s) / determinant,
    (B * p + D * q + E * s) / determinant,
    (C * p + E * q + F * s) / determinant,
  ];
}
