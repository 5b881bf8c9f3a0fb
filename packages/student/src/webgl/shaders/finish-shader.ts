import { range } from './blocking.ts';
import type { DenseLayout } from './dense-layout.ts';
import { ENCODE_GLSL } from './encode.ts';
import { allGroups, multiplyAll, multiplyOne, startSums } from './multiply.ts';
import { type Area, glslFloat, integerTargets, type Shader, shader } from './shader.ts';
import { blockedFetch, type ShaderSource } from './source.ts';
import { FLOAT_STORAGE } from './storage.ts';

/** Most sine layers that `finishShader` takes, and their widest in groups: what registers can hold. */
export const FINISH_LAYERS = 2;
export const FINISH_GROUPS = 32;

/** What the last pass writes: the frame; or the network's outputs, which `warpShader` makes a frame of. */
export type FinishTarget = 'frame' | 'outputs';

/**
 * The end of a frame in one pass, with nothing but the grid of the level below read and nothing but the frame written:
 * the last level's sine layers, the network's last layer, warp and blend, and the encoded bytes.
 *
 * The last sine layer is taken a few groups at a time: the last layer is linear, so each group's sines are multiplied
 * into the seven outputs at once and forgotten.
 *
 * Targets: the frame in model space, then its bytes, one of each for every pixel of a thread; or the seven outputs in two
 * groups of four.
 *
 * @param chain none to two sine layers, then the last layer with its 7 outputs: flow x, y; alpha; R, G, B, A
 * @param lastGroups see `Blocking`
 */
export function finishShader(
  area: Area,
  source: ShaderSource,
  chain: readonly DenseLayout[],
  lastGroups: number,
  target: FinishTarget,
): Shader {
  const pixels = area.side ** 2;
  const outputs = lastOutputs(area, source, chain, lastGroups);
  const parts = {
    frame: { declarations: frameTargets(area), body: range(pixels).map(blend) },
    outputs: {
      declarations: [integerTargets(2 * pixels)],
      body: writeOutputs(pixels),
    },
  }[target];
  return shader(area, {
    declarations: [source.glsl, ...chain.map(({ glsl }) => glsl), ...parts.declarations],
    body: [...outputs, ...parts.body],
    blocks: [...source.blocks, ...chain.flatMap(({ blocks }) => blocks)],
    samplers: chain.flatMap(({ samplers }) => samplers),
  });
}

/** The frame from outputs that were kept in the texture `source`. Targets as of `finishShader` into the frame. */
export function warpShader(area: Area): Shader {
  const pixels = area.side ** 2;
  const read = range(2 * pixels).map((i) => {
    const [group, pixel] = [Math.floor(i / pixels), i % pixels];
    return `vec4 f${group}_${pixel} = ${FLOAT_STORAGE.read(`fetchBlocked(q${pixel}, ${group})`)[0]};`;
  });
  return shader(area, {
    declarations: ['uniform highp usampler2DArray source;', blockedFetch(area.side), ...frameTargets(area)],
    body: [...read, ...range(pixels).map(blend)],
    blocks: [],
    samplers: [],
  });
}

/** Statements that write the seven outputs of each pixel, `f0_<pixel>` and `f1_<pixel>`. */
export function writeOutputs(pixels: number): string[] {
  return range(2 * pixels).map((i) => {
    const group = `f${Math.floor(i / pixels)}_${i % pixels}`;
    return `out${i} = ${FLOAT_STORAGE.write([group])};`;
  });
}

/** Declarations for `blend`. */
function frameTargets({ size, side }: Area): string[] {
  const pixels = side ** 2;
  const bytes = range(pixels).map((k) => `layout(location = ${pixels + k}) out vec4 bytes${k};`);
  return [warpGlsl(size), ENCODE_GLSL, integerTargets(pixels), ...bytes];
}

/** Statements that leave the seven outputs of each pixel in `f0_<pixel>` and `f1_<pixel>`. */
function lastOutputs(
  { side }: Area,
  source: ShaderSource,
  chain: readonly DenseLayout[],
  lastGroups: number,
): string[] {
  const pixels = side ** 2;
  const last = chain.at(-1)!;
  const [first, second] = chain.slice(0, -1);
  const start = startSums(last, 'f', pixels, allGroups(last));
  const [prepare, load] = [source.prepare(side), source.step(side)];
  if (first === undefined) return [prepare, start, multiplyAll(last, load, 'f', pixels, allGroups(last))];
  const stream = [
    prepare,
    startSums(first, 'a', pixels, allGroups(first)),
    multiplyAll(first, load, 'a', pixels, allGroups(first)),
  ];
  const intoLast = (n: number, name: string): string[] => [
    ...range(pixels).map((k) => `${name}${n}_${k} = sinTurns(${name}${n}_${k});`),
    multiplyOne(last, n, `${name}${n}`, 'f', pixels),
  ];
  if (second === undefined) return [...stream, start, ...range(first.groups).flatMap((n) => intoLast(n, 'a'))];
  const keep = range(first.groups).flatMap((n) =>
    range(pixels).map((k) => `h[${n * pixels + k}] = sinTurns(a${n}_${k});`),
  );
  const lines = [...stream, `vec4 h[${first.groups * pixels}];`, ...keep, start];
  const kept = range(pixels).map((k) => `vec4 x0_${k} = h[i * ${pixels} + ${k}];`);
  for (let from = 0; from < second.groups; from += lastGroups) {
    const part = { first: from, end: Math.min(from + lastGroups, second.groups) };
    lines.push('{', startSums(second, 'c', pixels, part), multiplyAll(second, kept.join('\n'), 'c', pixels, part));
    for (let n = part.first; n < part.end; n++) lines.push(...intoLast(n, 'c'));
    lines.push('}');
  }
  return lines;
}

/** `pixel(p)`: the picture at a column and row. */
export const PICTURE_GLSL: string = `uniform highp usampler2DArray picture;
vec4 pixel(ivec2 p) { return ${FLOAT_STORAGE.read('texelFetch(picture, ivec3(p, 0), 0)')[0]}; }`;

/** `warped(grid)`: the picture at a position of which [-1, 1] spans it, bilinear, border clamped. */
function warpGlsl(size: number): string {
  return `${PICTURE_GLSL}
vec4 warped(vec2 grid) {
  vec2 spot = clamp((grid + 1.0) * ${glslFloat(size / 2)} - 0.5, 0.0, ${size - 1}.0);
  ivec2 low = ivec2(spot);
  ivec2 high = min(low + 1, ${size - 1});
  vec2 f = spot - vec2(low);
  vec4 topLeft = pixel(low);
  vec4 bottomLeft = pixel(ivec2(low.x, high.y));
  vec4 top = topLeft + f.x * (pixel(ivec2(high.x, low.y)) - topLeft);
  vec4 bottom = bottomLeft + f.x * (pixel(high) - bottomLeft);
  return top + f.y * (bottom - top);
}`;
}

function blend(k: number): string {
  return `{ vec4 back = warped(at${k} + f0_${k}.xy);
vec4 frame = back + f0_${k}.z * (vec4(f0_${k}.w, f1_${k}.xyz) - back);
out${k} = ${FLOAT_STORAGE.write(['frame'])};
bytes${k} = straightBytes(frame); }`;
}
