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

/** @param ends array of vec4f in which threads may exchange sums: two for each pixel of a tile */
type MakeExit = (
  layout: LevelLayout,
  picture: PictureGeometry,
  on: string,
  sums: readonly Sum[],
  ends: string,
) => ExitShader;

/** To the grid that the level above enlarges: `[size, size, outputs]` vec4. */
export const gridExit: MakeExit = (layout, _picture, on, sums) => {
  const { size, layers } = layout;
  const { outputs } = layers.at(-1)!;
  return {
    declarations: `@group(0) @binding(3) var<storage, read_write> grid: array<vec4f, ${size ** 2 * outputs}>;`,
    code: forEachPixel(on, sums, ({ name, group }, pixel) =>
      placed(pixel, `grid[(at.y * ${size}u + at.x) * ${outputs}u + ${group}] = ${name};`),
    ),
  };
};

/** Over the picture, at the face's place: the four outputs are its pixels. */
export const faceExit: MakeExit = (_layout, picture, on, sums) => {
  const { size, faceTop, faceLeft } = picture;
  return {
    declarations: `@group(0) @binding(3) var<storage, read_write> picture: array<vec4f, ${size ** 2}>;`,
    code: forEachPixel(on, sums, ({ name }, pixel) =>
      placed(pixel, `picture[(${faceTop}u + at.y) * ${size}u + ${faceLeft}u + at.x] = ${name};`),
    ),
  };
};

/** To the frame. The network's seven outputs lie with two threads and meet in workgroup memory. */
export const frameExit: MakeExit = (layout, { size }, on, sums, ends) => {
  const { tileWidth, tileHeight, threads } = layout;
  return {
    declarations: blendWgsl(size),
    code: `
  workgroupBarrier();
${forEachPixel(on, sums, ({ name, group }, pixel) => `${ends}[${pixel} * 2u + ${group}] = ${name};`)}
  workgroupBarrier();
  for (var pixel = t; pixel < ${tileWidth * tileHeight}u; pixel += ${threads}u) {
    blend(pixelAt(start, pixel), ${ends}[pixel * 2u], ${ends}[pixel * 2u + 1u]);
  }`,
  };
};

/** WGSL for one sum, given its pixel's number in the tile. */
type SumCode = (sum: Sum, pixel: string) => string;

function forEachPixel(on: string, sums: readonly Sum[], code: SumCode): string {
  const lines = sums.map((sum) => {
    const pixel = `(${sum.quad} * 4u + ${sum.pixel & 3}u)`;
    return `    ${code(sum, pixel)}`;
  });
  return `  if (${on}) {\n${lines.join('\n')}\n  }`;
}

/** A statement with its pixel's column and row as `at`. */
function placed(pixel: string, statement: string): string {
  return `{ let at = pixelAt(start, ${pixel}); ${statement} }`;
}
