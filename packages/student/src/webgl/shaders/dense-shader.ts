import { range } from './blocking.ts';
import type { DenseLayout } from './dense-layout.ts';
import { allGroups, multiplyAll, startSums } from './multiply.ts';
import { type Area, integerTargets, type Shader, shader } from './shader.ts';
import type { ShaderSource } from './source.ts';
import { type ActivationStorage, layerCount } from './storage.ts';

/**
 * One dense layer, or some of its columns: every input is read once and meets all of the pass's output channels, which
 * stay in registers until their sine is taken. Plain form: out[n] = f(b[n] + sum over k of x[k] w[k][n]).
 *
 * @param sine whether sin(2 pi .) ends the layer
 */
export function denseShader(
  area: Area,
  source: ShaderSource,
  layout: DenseLayout,
  sine: boolean,
  storage: ActivationStorage,
): Shader {
  const pixels = area.side ** 2;
  return shader(area, {
    declarations: [source.glsl, layout.glsl, ...targets(layout.groups, storage, pixels)],
    body: [
      source.prepare(area.side),
      startSums(layout, 'a', pixels, allGroups(layout)),
      multiplyAll(layout, source.step(area.side), 'a', pixels, allGroups(layout)),
      writeGroups(layout.groups, pixels, sine, storage),
    ],
    blocks: [...source.blocks, ...layout.blocks],
    samplers: layout.samplers,
  });
}

/** Writes `groups` groups of a computed source out, from the uniform `first` on, for layers that read them often. */
export function copyShader(area: Area, source: ShaderSource, groups: number, storage: ActivationStorage): Shader {
  const pixels = area.side ** 2;
  const lines = range(groups).flatMap((n) => [
    ...range(pixels).map((k) => `vec4 a${n}_${k};`),
    `{ int i = first + ${n}; ${source.step(area.side)}`,
    ...range(pixels).map((k) => `a${n}_${k} = x0_${k};`),
    '}',
  ]);
  return shader(area, {
    declarations: [source.glsl, 'uniform int first;', ...targets(groups, storage, pixels)],
    body: [source.prepare(area.side), ...lines, writeGroups(groups, pixels, false, storage)],
    blocks: source.blocks,
    samplers: [],
  });
}

function targets(groups: number, storage: ActivationStorage, pixels: number): string[] {
  return [storage.glsl, integerTargets(layerCount(storage, groups) * pixels)];
}

function writeGroups(groups: number, pixels: number, sine: boolean, storage: ActivationStorage): string {
  const { groupsPerLayer } = storage;
  const lines = range(layerCount(storage, groups)).flatMap((layer) =>
    range(pixels).map((k) => {
      const end = Math.min((layer + 1) * groupsPerLayer, groups);
      const values = range(end)
        .slice(layer * groupsPerLayer)
        .map((n) => (sine ? `sinTurns(a${n}_${k})` : `a${n}_${k}`));
      return `out${layer * pixels + k} = ${storage.write(values)};`;
    }),
  );
  return lines.join('\n');
}
