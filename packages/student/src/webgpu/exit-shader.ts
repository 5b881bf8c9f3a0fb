import { blendWgsl } from './blend-shader.ts';
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

/** To the frame. The network's seven outputs lie with two threads and meet in workgroup memory. */
export const frameExit: MakeExit = (layout, { size }, on, sums) => {
  const { tileWidth, tileHeight, threads } = layout;
  return {
    declarations: blendWgsl(size),
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
