import { entryShader } from './entry-shader.ts';
import { faceExit, frameExit, gridExit, type PictureGeometry, type Sum } from './exit-shader.ts';
import type { LayerLayout, LevelLayout } from './level-layout.ts';
import type { Numbers } from './numbers.ts';
import { placeShader } from './place-shader.ts';
import { SINE_WGSL } from './sine-shader.ts';

/**
 * The shader of one dispatch. A workgroup takes a tile of pixels through a level:
 *
 *     rows = sin(pi (enlarged grid + position + folded bias))     first layer, in workgroup memory
 *     for each layer but the last: rows = sin(pi (W rows + b))    sums in registers, rows in workgroup memory
 *     exit(W rows + b)                                            grid, face or frame
 *
 * `rows` is `[channel][quad of pixels]`, and holds a slice of the channels at a time, so that a wide layer fits: the
 * threads that own a slice's sums write their sines, all threads add the slice to their next sums. On a GPU a thread's
 * sums are 4 channels of 8 pixels (4 where the layer is narrow): per input channel it reads one vec4 of weights and two
 * of pixels for 32 multiply-adds. Neighbouring threads take neighbouring quads first, so that a subgroup reads few
 * weights. A workgroup goes on to another tile where there are fewer workgroups than tiles.
 */
export function levelShader(
  layout: LevelLayout,
  foldedSize: number,
  picture: PictureGeometry,
  numbers: Numbers,
): string {
  const { threads, shared, weights, layers, below, size, entry, folded } = layout;
  const pixels = layout.tileWidth * layout.tileHeight;
  const last = layers.length - 1;
  const code = layers.map((layer, index) => {
    const before = layers[index - 1];
    const fill = before === undefined ? entryFill(layout, layer) : sineFill(before, index - 1, layer, pixels);
    const table = numbers.pack !== null && layer.rounds ? 'fours' : 'weights';
    return layerCode(layer, index, fill, pixels, table);
  });
  const makeExit = { grid: gridExit, face: faceExit, frame: frameExit }[layout.exit];
  // Sums are exchanged as they are: a flow is finer than 16 bits.
  const ends = numbers.pack === null ? 'rows' : 'ends';
  const exit = makeExit(layout, picture, `on${last}`, sumsOf(layers[last]!, last, pixels), ends);
  return `${numbers.directives}
@group(0) @binding(0) var<storage, read> weights: array<vec4f, ${weights.length / 4}>;
@group(0) @binding(1) var<storage, read> folded: array<vec4f, ${foldedSize}>;
${placeShader(layout)}
${exit.declarations}
${below === 'none' ? '' : `@group(0) @binding(5) var<storage, read> below: array<vec4f, ${(below === 'half size' ? size / 2 : size) ** 2 * entry}>;`}
const FOLDED = ${folded}u;
${numbers.declarations}
${numbers.pack === null ? '' : packedDeclarations(layout)}
var<workgroup> rows: array<Four, ${shared}>;
${SINE_WGSL}
${putQuad(pixels / 4)}
${entryShader(layout)}
@compute @workgroup_size(${threads})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) t: u32,
) {
  let count = tileCount();
  for (var n = group.x; n < count; n += groups.x) {
  let start = tileStart(n);
${code.join('')}
${exit.code}
  }
}
`;
}

/** Weights as `Four`; and floats for the exchange of sums. */
function packedDeclarations({ weights, tileWidth, tileHeight, exit }: LevelLayout): string {
  const ends = `var<workgroup> ends: array<vec4f, ${tileWidth * tileHeight * 2}>;`;
  return `@group(0) @binding(6) var<storage, read> fours: array<Four, ${weights.length / 4}>;
${exit === 'frame' ? ends : ''}`;
}

/** One layer over a tile: for each slice of its inputs, `fill` puts it into `rows` and every thread adds it up. */
function layerCode(layer: LayerLayout, index: number, fill: string, pixels: number, table: string): string {
  const { inputs, outputs, threadPixels, threadGroups, slices, sliceInputs, bias, weight } = layer;
  const lanes = pixels / threadPixels;
  const quads = range(threadPixels / 4);
  const columns = range(threadGroups);
  const sums = sumsOf(layer, index, pixels);
  return `
  let q${index} = t % ${lanes}u;
  let on${index} = t < ${Math.ceil(outputs / threadGroups) * lanes}u;
${columns.map((j) => `  let c${index}_${j} = min(t / ${lanes}u * ${threadGroups}u + ${j}u, ${outputs - 1}u);`).join('\n')}
${sums.map(({ name, group }) => `  var ${name} = ${bias === null ? 'vec4f()' : `weights[${bias}u + ${group}]`};`).join('\n')}
  for (var s = 0u; s < ${slices}u; s++) {
    workgroupBarrier();
${fill}
    workgroupBarrier();
    if (on${index}) {
      let count = min(${sliceInputs}u, ${inputs}u - s * ${sliceInputs}u) * 4u;
      var w = ${weight}u + s * ${sliceInputs * 4 * outputs}u;
      for (var k = 0u; k < count; k++) {
${columns.map((j) => `        let w${j} = vec4f(${table}[w + c${index}_${j}]);`).join('\n')}
${quads.map((i) => `        let x${i} = vec4f(rows[k * ${pixels / 4}u + q${index} + ${i * lanes}u]);`).join('\n')}
${sums.map(({ name, pixel, column }) => `        ${name} = fma(vec4f(x${pixel >> 2}.${'xyzw'[pixel & 3]}), w${column}, ${name});`).join('\n')}
        w += ${outputs}u;
      }
    }
  }
`;
}

/** All threads compute the slice of the entry's channels; neighbours take four groups, then the quads. */
function entryFill({ entry, threads, tileWidth, tileHeight }: LevelLayout, { sliceInputs }: LayerLayout): string {
  const quads = (tileWidth * tileHeight) / 4;
  return `    for (var i = t; i < ${Math.ceil(sliceInputs / 4) * 4 * quads}u; i += ${threads}u) {
      let c = (i / ${4 * quads}u) * 4u + (i & 3u);
      let q = (i >> 2u) % ${quads}u;
      let e = s * ${sliceInputs}u + c;
      if (c < ${sliceInputs}u && e < ${entry}u) {
        putEntry(e, c, q, pixelAt(start, q * 4u));
      }
    }`;
}

/** Those who own the slice's channels write the sines of their sums. */
function sineFill(from: LayerLayout, index: number, { sliceInputs }: LayerLayout, pixels: number): string {
  const sums = sumsOf(from, index, pixels);
  const columns = range(from.threadGroups).map((column) => {
    const own = sums.filter((sum) => sum.column === column);
    const group = own[0]!.group;
    const puts = range(from.threadPixels / 4).map((i) => {
      const four = own.slice(i * 4, i * 4 + 4);
      const sines = four.map(({ name }) => `sinPi(${name})`).join(', ');
      return `      putQuad(${group} - s * ${sliceInputs}u, ${four[0]!.quad}, ${sines});`;
    });
    return `    if (on${index} && ${group} / ${sliceInputs}u == s) {\n${puts.join('\n')}\n    }`;
  });
  return columns.join('\n');
}

/** Writes a group of channels of four pixels, turned from channels to pixels. */
function putQuad(quads: number): string {
  const row = (i: number, of: string): string =>
    `  rows[at + ${i * quads}u] = four(vec4f(a.${of}, b.${of}, c.${of}, d.${of}));`;
  return `
fn putQuad(group: u32, q: u32, a: vec4f, b: vec4f, c: vec4f, d: vec4f) {
  let at = group * ${4 * quads}u + q;
${['x', 'y', 'z', 'w'].map((of, i) => row(i, of)).join('\n')}
}`;
}

/** The sums of one thread, column by column: a vec4 of channels for each of its pixels. */
function sumsOf({ threadPixels, threadGroups }: LayerLayout, index: number, pixels: number): Sum[] {
  return range(threadGroups).flatMap((column) =>
    range(threadPixels).map((pixel) => ({
      name: `a${index}_${column}_${pixel}`,
      column,
      group: `c${index}_${column}`,
      pixel,
      quad: `(q${index} + ${(pixel >> 2) * (pixels / threadPixels)}u)`,
    })),
  );
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
