import { range } from './blocking.ts';
import type { DenseLayout } from './dense-layout.ts';

/** Some neighbouring output groups of a layer. */
export interface GroupRange {
  readonly first: number;
  readonly end: number;
}

/** All output groups of a layer. */
export function allGroups({ groups }: DenseLayout): GroupRange {
  return { first: 0, end: groups };
}

/** Statements that declare a layer's accumulators `<name><output group>_<pixel>`, at their biases. */
export function startSums(layout: DenseLayout, name: string, pixels: number, { first, end }: GroupRange): string {
  const lines: string[] = [];
  for (let n = first; n < end; n++) {
    lines.push(`vec4 ${name}${n}_0 = ${layout.at(0, '0', n)};`);
    for (const k of range(pixels).slice(1)) lines.push(`vec4 ${name}${n}_${k} = ${name}${n}_0;`);
  }
  return lines.join('\n');
}

/**
 * Statements that multiply all inputs into a layer's accumulators: a loop over groups of inputs, not unrolled because
 * some drivers take seconds for thousands of lines. Every weight that is loaded meets all pixels.
 *
 * @param load statements that declare the input groups `x<group>_<pixel>` of the step `i`
 */
export function multiplyAll(
  layout: DenseLayout,
  load: string,
  name: string,
  pixels: number,
  { first, end }: GroupRange,
): string {
  const step = layout.perStep * 4;
  const loops = layout.parts.map(({ firstRow, rows }, part) => {
    const lines: string[] = [];
    for (const group of range(layout.perStep)) {
      for (let n = first; n < end; n++) {
        for (const lane of range(4)) lines.push(`column${lane} = ${layout.at(part, `row + ${group * 4 + lane}`, n)};`);
        for (const k of range(pixels)) {
          const terms = range(4).map((lane) => `x${group}_${k}.${'xyzw'[lane]} * column${lane}`);
          lines.push(`${name}${n}_${k} = ${[`${name}${n}_${k}`, ...terms].join(' + ')};`);
        }
      }
    }
    const from = firstRow / step;
    return `for (int i = ${from}; i < ${from + rows / step}; i++) {
int row = (i - ${from}) * ${step} + 1;
vec4 column0, column1, column2, column3;
${load}
${lines.join('\n')}
}`;
  });
  return loops.join('\n');
}

/** Statements that multiply one input group, `<value>_<pixel>`, into the accumulators of a small layer. */
export function multiplyOne(layout: DenseLayout, group: number, value: string, name: string, pixels: number): string {
  const lines: string[] = [];
  for (let lane = 0; lane < 4; lane++) {
    const row = group * 4 + lane;
    const part = layout.parts.findIndex(({ firstRow, rows }) => row < firstRow + rows);
    for (let n = 0; n < layout.groups; n++) {
      const weight = layout.at(part, String(row - layout.parts[part]!.firstRow + 1), n);
      lines.push(`{ vec4 w = ${weight};`);
      for (const k of range(pixels)) lines.push(`${name}${n}_${k} += ${value}_${k}.${'xyzw'[lane]} * w;`);
      lines.push('}');
    }
  }
  return lines.join('\n');
}
