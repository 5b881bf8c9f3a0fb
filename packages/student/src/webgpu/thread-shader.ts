import { entryShader } from './entry-shader.ts';
import { faceExit, frameExit, gridExit, type PictureGeometry, type Sum } from './exit-shader.ts';
import type { LayerLayout, LevelLayout } from './level-layout.ts';
import { placeShader } from './place-shader.ts';
import { SINE_WGSL } from './sine-shader.ts';

/** Pixels of one thread: a row of a tile. */
const PIXELS = 8;

/** Most groups of inputs whose sums are written out as straight lines: longer ones take longer to compile. */
const MOST_GROUPS = 24;
/** What reading and writing the sums of a slice costs, in groups of inputs: from the times of slices of 8 and 12. */
const SUMS_COST = 4;

/** Where a layer has no bias. */
const NONE = 0xffffffff;

/**
 * The same dispatch as `levelShader`, for adapters that a CPU emulates with subgroups of four. A thread takes eight
 * pixels through all layers on its own, its activations in memory of its own: no barriers, no workgroup memory.
 *
 * What such an adapter is slow at is reading at an address that is only known at run time, some ten multiply-adds for
 * each number and lane. So each lane reads one of four weights and the subgroup shares them, up to 96 input channels are
 * written out with fixed addresses, and what is read or written at a running address serves a whole slice. Shorter slices
 * write sums more often (8 groups instead of 12: a seventh slower; 4: 1.7 times), and what a layer does not fill is
 * computed for nothing.
 *
 * @param layout of a tile eight pixels wide
 */
export function threadShader(layout: LevelLayout, foldedSize: number, picture: PictureGeometry): string {
  const { tileHeight, weights, layers, below, size, entry, folded } = layout;
  const slice = sliceFor(layers);
  const widest = Math.max(entry, ...layers.map(({ outputs }) => outputs));
  const room = Math.ceil(widest / slice) * slice * PIXELS;
  const makeExit = { grid: gridExit, face: faceExit, frame: frameExit }[layout.exit];
  const exit = makeExit(layout, picture, 'true', sums(), 'sums');
  const blended = range(PIXELS).map(
    (p) => `  blend(pixelAt(start, t * ${PIXELS}u + ${p}u), sums[${p}], sums[${PIXELS + p}]);`,
  );
  const { outputs } = layers.at(-1)!;
  const table = layers.map(
    (layer) => `vec4u(${layer.inputs}u, ${layer.outputs}u, ${layer.bias ?? NONE}u, ${layer.weight}u)`,
  );
  return `enable subgroups;
@group(0) @binding(0) var<storage, read> weights: array<vec4f, ${weights.length / 4}>;
@group(0) @binding(1) var<storage, read> folded: array<vec4f, ${foldedSize}>;
${placeShader(layout)}
${exit.declarations}
${below === 'none' ? '' : `@group(0) @binding(5) var<storage, read> below: array<vec4f, ${(below === 'half size' ? size / 2 : size) ** 2 * entry}>;`}
const FOLDED = ${folded}u;
// Groups of inputs and outputs, first vec4 of the bias and of the weight.
const LAYERS = array<vec4u, ${layers.length}>(${table.join(', ')});
// [group of channels][pixel]
var<private> rows: array<vec4f, ${room}>;
var<private> sums: array<vec4f, ${room}>;
${SINE_WGSL}
fn putQuad(group: u32, q: u32, a: vec4f, b: vec4f, c: vec4f, d: vec4f) {
  let at = group * ${PIXELS}u + q * 4u;
  rows[at] = a;
  rows[at + 1u] = b;
  rows[at + 2u] = c;
  rows[at + 3u] = d;
}
${entryShader(layout)}
fn weight(at: u32, lane: u32) -> vec4f {
  let own = weights[at][lane];
  return vec4f(
    subgroupBroadcast(own, 0u),
    subgroupBroadcast(own, 1u),
    subgroupBroadcast(own, 2u),
    subgroupBroadcast(own, 3u),
  );
}
@compute @workgroup_size(${tileHeight})
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) t: u32,
  @builtin(subgroup_invocation_id) lane: u32,
) {
  let count = tileCount();
  for (var i = group.x; i < count; i += groups.x) {
  let start = tileStart(i);
  for (var e = 0u; e < ${entry}u; e++) {
    putEntry(e, e, 0u, pixelAt(start, t * ${PIXELS}u));
    putEntry(e, e, 1u, pixelAt(start, t * ${PIXELS}u + 4u));
  }
  for (var j = ${entry * PIXELS}u; j < ${Math.ceil(entry / slice) * slice * PIXELS}u; j++) {
    rows[j] = vec4f();
  }
  for (var l = 0u; l < ${layers.length}u; l++) {
    let inputs = LAYERS[l].x;
    let outputs = LAYERS[l].y;
    let bias = LAYERS[l].z;
    let sine = l < ${layers.length - 1}u;
${layerCode(slice)}
  }
${layout.exit === 'frame' ? blended.join('\n') : `  for (var n = 0u; n < ${outputs}u; n++) {\n${exit.code}\n  }`}
  }
}
`;
}

/**
 * One layer: sums = W rows + b, slice by slice of the inputs; but after the last slice rows = sin(pi sums) unless the
 * layer is the last one. By then every input has been read. What is past a layer's end in its last slice counts as zero.
 */
function layerCode(slice: number): string {
  return `
    let end = (inputs + ${slice - 1}u) / ${slice}u;
    for (var s = 0u; s < end; s++) {
${range(slice)
  .flatMap((g) => range(PIXELS).map((p) => `      let x${g}_${p} = rows[s * ${slice * PIXELS}u + ${g * PIXELS + p}u];`))
  .join('\n')}
      for (var n = 0u; n < outputs; n++) {
        let at = n * ${PIXELS}u;
        var w = LAYERS[l].w + s * ${slice * 4}u * outputs + n;
${range(PIXELS)
  .map((p) => `        var a${p} = vec4f();`)
  .join('\n')}
        if (s > 0u) {
${range(PIXELS)
  .map((p) => `          a${p} = sums[at + ${p}u];`)
  .join('\n')}
        } else if (bias != ${NONE}u) {
          a0 = weights[bias + n];
${range(PIXELS - 1)
  .map((p) => `          a${p + 1} = a0;`)
  .join('\n')}
        }
${range(slice * 4)
  .map((k) => {
    const adds = range(PIXELS).map((p) => `a${p} = fma(vec4f(x${k >> 2}_${p}.${'xyzw'[k & 3]}), v${k}, a${p});`);
    return `        let v${k} = weight(w, lane);\n        w += outputs;\n        ${adds.join(' ')}`;
  })
  .join('\n')}
        if (sine && s == end - 1u) {
${range(PIXELS)
  .map((p) => `          rows[at + ${p}u] = sinPi(a${p});`)
  .join('\n')}
        } else {
${range(PIXELS)
  .map((p) => `          sums[at + ${p}u] = a${p};`)
  .join('\n')}
        }
      }
    }
    if (sine) {
      for (var j = outputs * ${PIXELS}u; j % ${slice * PIXELS}u != 0u; j++) {
        rows[j] = vec4f();
      }
    }`;
}

/** Groups of inputs that a slice has: what makes the layers cheapest. */
function sliceFor(layers: readonly LayerLayout[]): number {
  const cost = (slice: number): number =>
    layers.reduce((sum, { inputs, outputs }) => sum + outputs * Math.ceil(inputs / slice) * (slice + SUMS_COST), 0);
  return range(MOST_GROUPS + 1)
    .slice(1)
    .reduce((best, slice) => (cost(slice) <= cost(best) ? slice : best));
}

function sums(): Sum[] {
  return range(PIXELS).map((pixel) => ({
    name: `sums[n * ${PIXELS}u + ${pixel}u]`,
    column: 0,
    group: 'n',
    pixel,
    quad: `(t * 2u + ${pixel >> 2}u)`,
  }));
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
