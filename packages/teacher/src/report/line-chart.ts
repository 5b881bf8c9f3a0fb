import { type Html, html, raw } from './html.ts';

/** A line of a chart. */
export interface Line {
  readonly name: string;
  /** `[x, y]`, x growing. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Class of the line: `line-a` or `line-b`; the style sheet colours it. */
  readonly kind: 'line-a' | 'line-b';
}

export interface LineChart {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Largest x; the axis begins at 0. */
  readonly xMax: number;
  readonly xLabel: (x: number) => string;
  readonly yLabel: (y: number) => string;
  /** `log`: y must be positive. */
  readonly scale: 'linear' | 'log';
}

const WIDTH = 560;
const HEIGHT = 240;
const LEFT = 52;
const RIGHT = 14;
const TOP = 14;
const BOTTOM = 30;

/**
 * A line chart as SVG text. The chart libraries that were looked at want a DOM (Observable Plot), a canvas (uPlot) or
 * weigh more than everything else here (Vega), for what these lines do.
 */
export function lineChart({ title, lines, xMax, xLabel, yLabel, scale }: LineChart): Html {
  const values = lines.flatMap(({ points }) => points.map(([, y]) => y)).filter((y) => scale === 'linear' || y > 0);
  if (values.length === 0) return html`<p class="quiet">${title}: nothing to show yet.</p>`;
  const yTicks = scale === 'log' ? logTicks(values) : linearTicks(Math.min(...values), Math.max(...values));
  const up = (y: number): number => (scale === 'log' ? Math.log10(y) : y);
  const [low, high] = [up(yTicks[0]!), up(yTicks.at(-1)!)];
  const x = (value: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * value) / xMax;
  const y = (value: number): number => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * (up(value) - low)) / (high - low);
  const xTicks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * xMax);
  const shown = ({ points }: Line) => points.filter(([, value]) => scale === 'linear' || value > 0);
  const path = (line: Line): string =>
    shown(line)
      .map(([at, value]) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`)
      .join(' ');
  return html`<figure class="chart"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${title}">
${yTicks.map((tick) => html`<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(tick)}" y2="${y(tick)}"/><text class="tick" x="${LEFT - 8}" y="${y(tick) + 4}" text-anchor="end">${yLabel(tick)}</text>`)}
${xTicks.map((tick) => html`<text class="tick" x="${x(tick)}" y="${HEIGHT - 8}" text-anchor="${tick === xMax ? 'end' : 'middle'}">${xLabel(tick)}</text>`)}
${lines.map((line) => html`<polyline class="${line.kind}" points="${path(line)}"/>${dots({ ...line, points: shown(line) }, x, y)}`)}
</svg><figcaption>${title}: ${lines.map(({ name, kind }) => html`<span class="key ${kind}">${name}</span> `)}</figcaption></figure>`;
}

/** Few points are shown as points, too: a line between two tells little. */
function dots({ points, kind }: Line, x: (value: number) => number, y: (value: number) => number): Html {
  if (points.length > 60) return raw('');
  const each = points.map(([at, value]) => html`<circle class="${kind}" cx="${x(at)}" cy="${y(value)}" r="2.5"/>`);
  return html`${each}`;
}

/** About five round numbers around all values. */
function linearTicks(min: number, max: number): number[] {
  const span = Math.max(max - min, 1e-6 * Math.max(1, Math.abs(max)));
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!;
  const first = Math.floor(min / step);
  const last = Math.max(Math.ceil(max / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** Powers of ten around all values, and halves between them where there are few. */
function logTicks(values: readonly number[]): number[] {
  const first = Math.floor(Math.log10(Math.min(...values)));
  const last = Math.max(Math.ceil(Math.log10(Math.max(...values))), first + 1);
  const powers = Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i));
  return powers.length > 3
    ? powers
    : powers.flatMap((power, i) => (i + 1 < powers.length ? [power, 3 * power] : [power]));
}
