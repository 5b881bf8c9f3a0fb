/** One point of the loss curves: the mean over a stretch of the run. */
export interface LossPoint {
  /** Of the run, 0..1: where the stretch begins. */
  readonly progress: number;
  /** Mean loss of the updates in it; `null` where there was none. */
  readonly face: number | null;
  readonly body: number | null;
}

/** One measurement on held-out poses on the way. */
export interface QualityPoint {
  readonly progress: number;
  /** Of the run's work, all sessions together. */
  readonly seconds: number;
  /** Decibels over all frames; see `QUALITY_CONVENTION`. */
  readonly psnr: number;
  /** Decibels over the face crops. */
  readonly facePsnr: number;
}

/** Points that a loss curve has at most. */
const BUCKETS = 400;

interface Bucket {
  readonly sum: Record<'face' | 'body', number>;
  readonly count: Record<'face' | 'body', number>;
}

/** Collects losses into as many stretches as a curve can show, so that it stays small however long a run is. */
export class LossHistory {
  readonly #buckets = new Map<number, Bucket>();

  /** @param points of a run that goes on; a stretch that was under way keeps its mean, as one update */
  constructor(points: readonly LossPoint[] = []) {
    for (const { progress, face, body } of points) {
      if (face !== null) this.add('face', progress, face);
      if (body !== null) this.add('body', progress, body);
    }
  }

  add(network: 'face' | 'body', progress: number, loss: number): void {
    // The small number keeps a point that was written down in the stretch that it came from.
    const index = Math.min(Math.floor(progress * BUCKETS + 1e-9), BUCKETS - 1);
    let bucket = this.#buckets.get(index);
    if (bucket === undefined) {
      bucket = { sum: { face: 0, body: 0 }, count: { face: 0, body: 0 } };
      this.#buckets.set(index, bucket);
    }
    bucket.sum[network] += loss;
    bucket.count[network]++;
  }

  /** In order of progress. */
  points(): LossPoint[] {
    const mean = ({ sum, count }: Bucket, network: 'face' | 'body'): number | null =>
      count[network] > 0 ? sum[network] / count[network] : null;
    return [...this.#buckets]
      .sort(([a], [b]) => a - b)
      .map(([index, bucket]) => ({
        progress: index / BUCKETS,
        face: mean(bucket, 'face'),
        body: mean(bucket, 'body'),
      }));
  }
}
