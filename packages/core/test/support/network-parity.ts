import { deviation } from '@tha4/test-utils';
import { expect } from 'vitest';
import type { Golden } from './golden.ts';
import { type NetworkRun, type Picture, samples } from './networks.ts';

/** Noise of PyTorch's float32 run against its float64 run, as the golden data list it. */
export interface Noise {
  readonly max_abs: number;
  readonly mean_abs: number;
  readonly 'p99.9_abs': number;
}

export interface NetworkNoise {
  readonly outputs: Readonly<Record<string, Noise>>;
  readonly mids: Readonly<Record<string, { readonly full_shape: readonly number[]; readonly max_abs: number }>>;
}

/** How far a run lies from the golden data: the largest measure of any tensor, in units of its limit. */
export interface ParityReport {
  readonly worst: number;
  readonly where: string;
  /** How many tensors were compared. */
  readonly compared: number;
}

/** Times PyTorch's own noise. Source: the golden data's README, "float32, float64 and tolerances". */
const TIMES_NOISE = { mean: 4, p999: 4, max: 10 };

type Measures = Readonly<Record<keyof typeof TIMES_NOISE, number>>;

/** Collects comparisons. */
export function parity() {
  let worst = 0;
  let where = 'nothing';
  let compared = 0;
  const add = (
    name: string,
    actual: ArrayLike<number>,
    expected: ArrayLike<number>,
    limits: Partial<Measures>,
  ): void => {
    const { meanAbs, p999, maxAbs } = deviation(actual, expected);
    compared++;
    for (const [measure, value] of Object.entries({ mean: meanAbs, p999, max: maxAbs })) {
      const limit = limits[measure as keyof Measures];
      if (limit === undefined || value / limit <= worst) continue;
      worst = value / limit;
      where = `${name} ${measure}: ${value.toExponential(1)} of ${limit.toExponential(1)}`;
    }
  };
  return { add, report: (): ParityReport => ({ worst, where, compared }) };
}

export function limitsOf(noise: Noise): Measures {
  return {
    mean: TIMES_NOISE.mean * noise.mean_abs,
    p999: TIMES_NOISE.p999 * noise['p99.9_abs'],
    max: TIMES_NOISE.max * noise.max_abs,
  };
}

/** Compares all outputs and the module outputs that the golden data have. @param mids where those of modules lie */
export function compareNetwork(run: NetworkRun, io: Golden, mids: Golden, noise: NetworkNoise): ParityReport {
  const { add, report } = parity();
  for (const key of io.keys.filter((each) => each.startsWith('output.'))) {
    const name = key.slice('output.'.length);
    const actual = found(run.outputs, name);
    const [, h, w] = actual.shape as [number, number, number];
    const positions = io.has(`positions.${h}x${w}`) ? io.ints(`positions.${h}x${w}`) : null;
    add(name, samples(actual, positions), io.floats(key).data, limitsOf(noise.outputs[name]!));
  }
  for (const key of mids.keys.filter((each) => each.startsWith('mid.'))) {
    const name = key.slice('mid.'.length);
    if (name === 'body.time_embed') continue; // folded into weights before the run
    const actual = found(run.modules, name);
    const [, h, w] = actual.shape as [number, number, number];
    const positions = h * w === 1 ? null : mids.ints(`mid_positions.${h}x${w}`);
    add(name, samples(actual, positions), mids.floats(key).data, { max: TIMES_NOISE.max * noise.mids[name]!.max_abs });
  }
  return report();
}

/** Fails where a run is out of the limits, or hardly anything was compared. */
export function expectParity({ worst, where, compared }: ParityReport, least: number): void {
  expect(compared, 'tensors compared').toBeGreaterThanOrEqual(least);
  expect(worst, where).toBeLessThanOrEqual(1);
}

function found(pictures: ReadonlyMap<string, Picture>, name: string): Picture {
  const picture = pictures.get(name);
  if (picture === undefined) throw new RangeError(`expected '${name}' to be computed, got ${[...pictures.keys()]}`);
  return picture;
}
