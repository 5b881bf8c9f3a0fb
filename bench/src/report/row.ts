import type { Contestant } from '../contestants/contestant.ts';
import { gflop, megabytes, type Work } from '../count/work.ts';
import type { FrameTime } from '../painters/painter.ts';
import type { Seat } from '../seat.ts';
import { median, p95 } from './statistics.ts';

/** What a run says of a contestant. */
export interface Row {
  readonly name: string;
  readonly medianMs: number;
  readonly p95Ms: number;
  /** Median of the processor's time, all threads together; in Node. A busy machine changes it less. */
  readonly cpuMs: number | null;
  /** Frames that these are taken over. */
  readonly frames: number;
  readonly device: string;
  /** E.g. `Node 20.20.2`. */
  readonly environment: string;
  /** How many times faster than its control of the same run and environment, by medians; `null` without one. */
  readonly ratio: number | null;
  readonly control: string;
  /** Counted operations of a frame; a multiply-add is two. */
  readonly gflop: number;
  /** Counted bytes that a frame's kernels read and write; see `Work`. */
  readonly megabytes: number;
  readonly firstFrameMs: number;
  readonly scriptKilobytesGzip: number | null;
  readonly engine: string;
}

/** A contestant and what was measured of it. */
export interface Measured {
  readonly contestant: Contestant;
  readonly seat: Pick<Seat, 'engine' | 'gpu' | 'environment' | 'firstFrameMs' | 'scriptKilobytesGzip'>;
  readonly times: readonly FrameTime[];
  readonly work: Work;
}

/** @param cpu the machine's processor in words */
export function makeRows(all: readonly Measured[], cpu: string): Row[] {
  return all.map(({ contestant: { name, place, control }, seat, times, work }) => {
    const ms = clock(times);
    const cpuMs = times.flatMap((time) => time.cpuMs ?? []);
    const other = all.find(({ contestant }) => contestant.place === place && contestant.name === control);
    return {
      name,
      medianMs: rounded(median(ms)),
      p95Ms: rounded(p95(ms)),
      cpuMs: cpuMs.length === 0 ? null : rounded(median(cpuMs)),
      frames: times.length,
      device: seat.gpu === null ? cpu : `${seat.gpu}, ${cpu}`,
      environment: seat.environment,
      ratio: other === undefined ? null : rounded(median(clock(other.times)) / median(ms)),
      control,
      gflop: rounded(gflop(work)),
      megabytes: rounded(megabytes(work)),
      firstFrameMs: rounded(seat.firstFrameMs),
      scriptKilobytesGzip: seat.scriptKilobytesGzip === null ? null : rounded(seat.scriptKilobytesGzip),
      engine: seat.engine,
    };
  });
}

function clock(times: readonly FrameTime[]): number[] {
  return times.map(({ ms }) => ms);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
