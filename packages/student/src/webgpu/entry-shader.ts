import type { LevelLayout } from './level-layout.ts';

/**
 * WGSL of `putEntry(e, c, q, at)`: the first layer of a level, one group of channels of the four pixels of a quad, of
 * which the first is `at`.
 *
 *     sin(pi (resize(grid)[y, x] + W (centre(x), centre(y)) + bias folded from the pose))
 *
 * The grid holds the linear part, and is enlarged bilinearly (half-pixel centres, clamped) where it is half as large.
 */
export function entryShader(layout: LevelLayout): string {
  const { size, entry, below, cut } = layout;
  const inRow = cut === 'tiles';
  const [one, two, three] = inRow
    ? ['first + right', 'fma(right, vec4f(2.0), first)', 'fma(right, vec4f(3.0), first)']
    : ['first + right', 'first + lower', 'first + right + lower'];
  const sines = ['first', one, two, three].map((value, i) =>
    below === 'none' ? `sinPi(${value})` : `sinPi(mix${i} + (${value}))`,
  );
  return `
fn putEntry(e: u32, c: u32, q: u32, at: vec2u) {
  let toRight = weights[e];
  let down = weights[e + ${entry}u];
  let centre = (2.0 * vec2f(at) + 1.0) * ${1 / size} - 1.0;
  let right = toRight * ${2 / size};
${inRow ? '' : `  let lower = down * ${2 / size};`}
  let first = fma(toRight, vec4f(centre.x), fma(down, vec4f(centre.y), folded[FOLDED + e]));
${gridOf(layout)}
  putQuad(c, q, ${sines.join(', ')});
}`;
}

/** Statements that leave the grid at the quad's pixels in `mix0` to `mix3`. */
function gridOf({ size, entry, below, cut }: LevelLayout): string {
  if (below === 'none') return '';
  if (below === 'same size') {
    return [0, 1, 2, 3]
      .map((i) => `  let mix${i} = below[(at.y * ${size}u + at.x + ${i}u) * ${entry}u + e];`)
      .join('\n');
  }
  return cut === 'tiles' ? enlargedRow(size / 2, entry) : enlargedSquare(size / 2, entry);
}

/**
 * Pixel i lies between cells (i - 1) >> 1 and the next, three quarters belonging to the nearer one; so four pixels from
 * a multiple of 4 on need four cells a row, joined first downward, then across.
 */
function enlargedRow(half: number, entry: number): string {
  const cells = [0, 1, 2, 3];
  return `
  let row = (at.y + 1u) >> 1u;
  let above = max(row, 1u) - 1u;
  let beneath = min(row, ${half - 1}u);
  let share = select(0.75, 0.25, (at.y & 1u) == 1u);
  let column = at.x >> 1u;
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

/** The four pixels of a cell lie around its centre: they need it and its eight neighbours. */
function enlargedSquare(half: number, entry: number): string {
  const cells = [0, 1, 2];
  return `
  let middle = at >> vec2u(1u);
  let low = max(middle, vec2u(1u)) - 1u;
  let high = min(middle + 1u, vec2u(${half - 1}u));
  let columns = vec3u(low.x, middle.x, high.x);
${cells
  .map(
    (i) => `
  let c${i} = below[(middle.y * ${half}u + columns[${i}]) * ${entry}u + e];
  let u${i} = fma(below[(low.y * ${half}u + columns[${i}]) * ${entry}u + e] - c${i}, vec4f(0.25), c${i});
  let v${i} = fma(below[(high.y * ${half}u + columns[${i}]) * ${entry}u + e] - c${i}, vec4f(0.25), c${i});`,
  )
  .join('')}
  let mix0 = fma(u0 - u1, vec4f(0.25), u1);
  let mix1 = fma(u2 - u1, vec4f(0.25), u1);
  let mix2 = fma(v0 - v1, vec4f(0.25), v1);
  let mix3 = fma(v2 - v1, vec4f(0.25), v1);`;
}
