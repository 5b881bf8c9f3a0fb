import { inkData, outlineData, type Taper } from './ink.ts';
import { closed, open, pathData, round } from './spline.ts';

/** Offset 0..1, colour, and opacity where it is not 1. */
export type Stop = readonly [offset: number, colour: string, opacity?: number];

/** What is drawn, and the gradients and clips it refers to. */
export interface Sheet {
  /** A filled closed shape. */
  fill(points: string, paint: string, opacity?: number): string;
  /** A pen line through the points. */
  ink(points: string, paint: string, width: number, taper?: Taper): string;
  /** A closed shape's outline. */
  outline(points: string, paint: string, width: number): string;
  /** Filled, shaded inside, then outlined: the way every part is drawn. */
  part(points: string, paint: string, line: string, width: number, inside?: readonly string[]): string;
  /** Keeps only what lies inside the closed shape. */
  within(points: string, content: readonly string[]): string;
  ellipse(x: number, y: number, rx: number, ry: number, paint: string, opacity?: number, degrees?: number): string;
  /** A gradient along the line from (x1, y1) to (x2, y2). */
  linear(x1: number, y1: number, x2: number, y2: number, stops: readonly Stop[]): string;
  /** A gradient from the middle of an ellipse to its rim. */
  radial(x: number, y: number, rx: number, ry: number, stops: readonly Stop[]): string;
  /** Softens the edges by a Gaussian of `radius` px. */
  soft(radius: number, content: readonly string[]): string;
  /** The whole document. */
  svg(title: string, layers: readonly string[]): string;
}

/** An empty sheet of 512x512 px. */
export function createSheet(): Sheet {
  const definitions = new Map<string, string>();
  // Equal definitions share an id.
  const named = (kind: string, write: (id: string) => string): string => {
    const key = write('');
    const id = definitions.get(key) ?? `${kind}${definitions.size}`;
    definitions.set(key, id);
    writers.set(id, write);
    return id;
  };
  const writers = new Map<string, (id: string) => string>();
  const path = (data: string, paint: string, opacity = 1): string =>
    `<path d="${data}" fill="${paint}"${opacity < 1 ? ` opacity="${opacity}"` : ''}/>`;

  const sheet: Sheet = {
    fill: (points, paint, opacity) => path(pathData(closed(points), true), paint, opacity),
    ink: (points, paint, width, taper) => path(inkData(open(points), width, taper), paint),
    outline(points, paint, width) {
      const curve = closed(points);
      // The stroke below the ribbon gives corners their points.
      const join = `fill="none" stroke="${paint}" stroke-width="${round(width * 0.7)}" stroke-miterlimit="7"`;
      return `<path d="${pathData(curve, true)}" ${join}/>${path(outlineData(curve, width), paint)}`;
    },
    part: (points, paint, line, width, inside = []) =>
      [sheet.fill(points, paint), sheet.within(points, inside), sheet.outline(points, line, width)].join('\n'),
    within(points, content) {
      if (content.length === 0) return '';
      const data = pathData(closed(points), true);
      const id = named('clip', (name) => `<clipPath id="${name}"><path d="${data}"/></clipPath>`);
      return `<g clip-path="url(#${id})">\n${content.join('\n')}\n</g>`;
    },
    ellipse(x, y, rx, ry, paint, opacity = 1, degrees = 0) {
      const turn = degrees === 0 ? '' : ` transform="rotate(${degrees} ${x} ${y})"`;
      const veil = opacity < 1 ? ` opacity="${opacity}"` : '';
      return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${paint}"${veil}${turn}/>`;
    },
    linear(x1, y1, x2, y2, stops) {
      const where = `x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}"`;
      const id = named(
        'fade',
        (name) =>
          `<linearGradient id="${name}" gradientUnits="userSpaceOnUse" ${where}>${marks(stops)}</linearGradient>`,
      );
      return `url(#${id})`;
    },
    radial(x, y, rx, ry, stops) {
      const place = `gradientTransform="matrix(${rx} 0 0 ${ry} ${x} ${y})"`;
      const id = named(
        'glow',
        (name) =>
          `<radialGradient id="${name}" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="1" ${place}>${marks(stops)}</radialGradient>`,
      );
      return `url(#${id})`;
    },
    soft(radius, content) {
      const area = 'x="-50%" y="-50%" width="200%" height="200%"'; // of what is softened
      const id = named(
        'blur',
        (name) =>
          `<filter id="${name}" ${area} color-interpolation-filters="sRGB"><feGaussianBlur stdDeviation="${radius}"/></filter>`,
      );
      return `<g filter="url(#${id})">${content.join('\n')}</g>`;
    },
    svg(title, layers) {
      const defs = [...writers].map(([id, write]) => write(id));
      return `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512" viewBox="0 0 512 512">
<title>${title}</title>
<defs>
${defs.join('\n')}
</defs>
${layers.join('\n')}
</svg>
`;
    },
  };
  return sheet;
}

function marks(stops: readonly Stop[]): string {
  return stops
    .map(([offset, colour, opacity = 1]) => {
      const veil = opacity < 1 ? ` stop-opacity="${opacity}"` : '';
      return `<stop offset="${offset}" stop-color="${colour}"${veil}/>`;
    })
    .join('');
}
