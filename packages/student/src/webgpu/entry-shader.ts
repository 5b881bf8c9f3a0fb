import type { LevelLayout } from './level-layout.ts';

/**
 * WGSL of `putEntry(e, c, q, x, y)`: the first layer of a level, one group of channels of four neighbouring pixels.
 *
 *     sin(pi (resize(grid)[y, x] + W (centre(x), centre(y)) + bias folded from the pose))
 *
 * The grid is half as large, holds the linear part, and is enlarged bilinearly (half-pixel centres, clamped). Pixel i
 * lies between cells (i - 1) >> 1 and the next, three quarters belonging to the nearer one; so four pixels from a
 * multiple of 4 on need four cells a row, joined first downward, then across.
 */
export function entryShader({ size, entry, below }: LevelLayout): string {
  const grid = below ? enlargedGrid(size, entry) : '';
  const start = (pixel: number): string => (below ? `mix${pixel} + ` : '');
  return `
fn putEntry(e: u32, c: u32, q: u32, x: u32, y: u32) {
  let toRight = weights[e];
  let down = weights[e + ${entry}u];
  let centre = (2.0 * vec2f(f32(x), f32(y)) + 1.0) * ${1 / size} - 1.0;
  let step = toRight * ${2 / size};
  let first = fma(toRight, vec4f(centre.x), fma(down, vec4f(centre.y), folded[FOLDED + e]));
${grid}
  putQuad(
    c, q,
    sinPi(${start(0)}first),
    sinPi(${start(1)}(first + step)),
    sinPi(${start(2)}fma(step, vec4f(2.0), first)),
    sinPi(${start(3)}fma(step, vec4f(3.0), first)),
  );
}`;
}

function enlargedGrid(size: number, entry: number): string {
  const half = size / 2;
  const cells = [0, 1, 2, 3];
  return `
  let row = (y + 1u) >> 1u;
  let above = max(row, 1u) - 1u;
  let beneath = min(row, ${half - 1}u);
  let share = select(0.75, 0.25, (y & 1u) == 1u);
  let column = x >> 1u;
  let cell = vec4u(max(column, 1u) - 1u, column, column + 1u, min(column + 2u, ${half - 1}u));
${cells
  .map(
    (i) => `
  let t${i} = below[(above * ${half}u + cell[${i}]) * ${entry}u + e];
  let v${i} = fma(below[(beneath * ${half}u + cell[${i}]) * ${entry}u + e] - t${i}, vec4f(share), t${i});`,
  )
  .join('')}
  let mix0 = fma(v1 - v0, vec4f(0.75), v0);
  let mix1 = fma(v2 - v1, vec4f(0.25), v1);
  let mix2 = fma(v2 - v1, vec4f(0.75), v1);
  let mix3 = fma(v3 - v2, vec4f(0.25), v2);`;
}
