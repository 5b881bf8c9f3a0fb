import { at, type Cubic, round, type Vec } from './spline.ts';

/** Where a line thins out. */
export type Taper = 'both' | 'start' | 'end' | 'none';

const SPACING_PX = 2;
const THINNEST = 0.12; // of the full width, at a tapered end

/** Path data of a pen line along a curve, `width` px where it is fullest. */
export function inkData(curve: readonly Cubic[], width: number, taper: Taper = 'both'): string {
  const samples = sample(curve);
  const last = samples.length - 1;
  return ribbon(samples, (i) => width * pressure(i / last, taper));
}

/** Path data of a closed outline that is thin towards the light (above, left) and heavy away from it. */
export function outlineData(curve: readonly Cubic[], width: number): string {
  const samples = sample(curve);
  const area = samples.reduce((sum, { point: [x, y] }, i) => {
    const [nx, ny] = samples[(i + 1) % samples.length]!.point;
    return sum + x * ny - nx * y;
  }, 0);
  const outward = Math.sign(area);
  return ribbon(samples, (i) => {
    const [tx, ty] = samples[i]!.tangent;
    const shade = (ty * outward * 0.45 - tx * outward * 0.9 + 1) / 2;
    return width * (0.72 + 0.5 * shade);
  });
}

/** Path data of a lock of hair: a spine with a half-width at each of its points, spread evenly. */
export function lockOutline(spine: readonly Cubic[], halfWidths: readonly number[]): string {
  const left: string[] = [];
  const right: string[] = [];
  const put = (where: Vec, corner: boolean) => `${round(where[0])} ${round(where[1])}${corner ? '*' : ''}`;
  halfWidths.forEach((half, i) => {
    const along = (i / (halfWidths.length - 1)) * spine.length;
    const index = Math.min(Math.floor(along), spine.length - 1);
    const { point, tangent } = at(spine[index]!, along - index);
    const end = i === 0 || i === halfWidths.length - 1;
    left.push(put([point[0] + tangent[1] * half, point[1] - tangent[0] * half], end));
    if (half > 0) right.unshift(put([point[0] - tangent[1] * half, point[1] + tangent[0] * half], end));
  });
  return [...left, ...right].join(', ');
}

interface Sample {
  readonly point: Vec;
  readonly tangent: Vec;
}

function sample(curve: readonly Cubic[]): Sample[] {
  const samples: Sample[] = [];
  for (const cubic of curve) {
    const length = Math.hypot(cubic.p3[0] - cubic.p0[0], cubic.p3[1] - cubic.p0[1]);
    const count = Math.max(3, Math.ceil(length / SPACING_PX));
    for (let i = 0; i < count; i++) samples.push(at(cubic, i / count));
  }
  samples.push(at(curve.at(-1)!, 1));
  return samples;
}

function pressure(t: number, taper: Taper): number {
  const rise = taper === 'both' || taper === 'start' ? Math.sin((Math.min(1, t / 0.55) * Math.PI) / 2) : 1;
  const fall = taper === 'both' || taper === 'end' ? Math.sin((Math.min(1, (1 - t) / 0.55) * Math.PI) / 2) : 1;
  return THINNEST + (1 - THINNEST) * rise * fall;
}

function ribbon(samples: readonly Sample[], width: (index: number) => number): string {
  const side = (sign: 1 | -1) =>
    samples.map(({ point: [x, y], tangent: [tx, ty] }, i): Vec => {
      const half = (width(i) / 2) * sign;
      return [round(x + ty * half), round(y - tx * half)];
    });
  const [start, ...rest] = [...side(1), ...side(-1).reverse()];
  let [x, y] = start!;
  const steps = rest.map(([toX, toY]) => {
    const step = `${round(toX - x)} ${round(toY - y)}`;
    [x, y] = [toX, toY];
    return step;
  });
  return `M${start!.join(' ')}l${steps.join(' ')}Z`;
}
