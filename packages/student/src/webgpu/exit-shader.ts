import type { LevelLayout } from './level-layout.ts';

/** The picture that the body moves: its side, and where the face is painted into it. */
export interface PictureGeometry {
  readonly size: number;
  readonly faceTop: number;
  readonly faceLeft: number;
}

/** How a level's last layer leaves the kernel. */
export interface ExitShader {
  /** Bindings 3 and 4, and functions. */
  readonly declarations: string;
  /** What each thread does with its sums; `pixel` is the number of a pixel in the tile. */
  readonly code: string;
}

/** One vec4 of a thread's sums: channels of a pixel. */
export interface Sum {
  readonly name: string;
  /** Which of the thread's groups of channels, and WGSL of that group. A group may be repeated where none is left. */
  readonly column: number;
  readonly group: string;
  /** Which of the thread's pixels, and WGSL of the quad that it belongs to. */
  readonly pixel: number;
  readonly quad: string;
}

type MakeExit = (layout: LevelLayout, picture: PictureGeometry, on: string, sums: readonly Sum[]) => ExitShader;

/** To the grid that the level above enlarges: `[size, size, outputs]` vec4. */
export const gridExit: MakeExit = (layout, _picture, on, sums) => {
  const { size, layers } = layout;
  const { outputs } = layers.at(-1)!;
  return {
    declarations: `@group(0) @binding(3) var<storage, read_write> grid: array<vec4f, ${size ** 2 * outputs}>;`,
    code: forEachPixel(
      layout,
      on,
      sums,
      ({ name, group }, x, y) => `grid[((top + ${y}) * ${size}u + left + ${x}) * ${outputs}u + ${group}] = ${name};`,
    ),
  };
};

/** Over the picture, at the face's place: the four outputs are its pixels. */
export const faceExit: MakeExit = (layout, picture, on, sums) => {
  const { size, faceTop, faceLeft } = picture;
  return {
    declarations: `@group(0) @binding(3) var<storage, read_write> picture: array<vec4f, ${size ** 2}>;`,
    code: forEachPixel(
      layout,
      on,
      sums,
      ({ name }, x, y) => `picture[(${faceTop}u + top + ${y}) * ${size}u + ${faceLeft}u + left + ${x}] = ${name};`,
    ),
  };
};

/**
 * To the frame: samples the picture at identity + flow (bilinear, border clamped) and blends the colour over it,
 * `warped + alpha (colour - warped)`. The frame holds 1 + the value, so that a cleared buffer is a transparent frame.
 *
 * The seven outputs (flow x, y; alpha; R, G, B, A) lie with two threads and meet in workgroup memory.
 */
export const frameExit: MakeExit = (layout, { size }, on, sums) => {
  const { tileWidth, tileHeight, threads } = layout;
  return {
    declarations: `
@group(0) @binding(3) var<storage, read_write> frame: array<vec4f, ${size ** 2}>;
@group(0) @binding(4) var<storage, read> picture: array<vec4f, ${size ** 2}>;
fn warped(x: u32, y: u32, flow: vec2f) -> vec4f {
  let centre = (2.0 * vec2f(f32(x), f32(y)) + 1.0) * ${1 / size} - 1.0;
  let at = clamp((centre + flow + 1.0) * ${size / 2} - 0.5, vec2f(0.0), vec2f(${size - 1}));
  let cell = vec2u(at);
  let next = min(cell + 1u, vec2u(${size - 1}u));
  let share = at - vec2f(cell);
  let a = picture[cell.y * ${size}u + cell.x];
  let b = picture[cell.y * ${size}u + next.x];
  let c = picture[next.y * ${size}u + cell.x];
  let d = picture[next.y * ${size}u + next.x];
  let over = fma(b - a, vec4f(share.x), a);
  let under = fma(d - c, vec4f(share.x), c);
  return fma(under - over, vec4f(share.y), over);
}
fn blend(x: u32, y: u32, low: vec4f, high: vec4f) {
  let under = warped(x, y, low.xy);
  frame[y * ${size}u + x] = fma(vec4f(low.w, high.xyz) - under, vec4f(low.z), under) + 1.0;
}`,
    code: `
  workgroupBarrier();
${forEachPixel(layout, on, sums, ({ name, group }, _x, _y, pixel) => `rows[(${pixel}) * 2u + ${group}] = ${name};`)}
  workgroupBarrier();
  for (var pixel = t; pixel < ${tileWidth * tileHeight}u; pixel += ${threads}u) {
    blend(left + pixel % ${tileWidth}u, top + pixel / ${tileWidth}u, rows[pixel * 2u], rows[pixel * 2u + 1u]);
  }`,
  };
};

/** WGSL for one sum, given its pixel's place in the tile, x, y, and its number. */
type SumCode = (sum: Sum, x: string, y: string, pixel: string) => string;

function forEachPixel({ tileWidth }: LevelLayout, on: string, sums: readonly Sum[], code: SumCode): string {
  const lines = sums.map((sum) => {
    const pixel = `(${sum.quad} * 4u + ${sum.pixel & 3}u)`;
    return `    ${code(sum, `${pixel} % ${tileWidth}u`, `${pixel} / ${tileWidth}u`, pixel)}`;
  });
  return `  if (${on}) {\n${lines.join('\n')}\n  }`;
}
