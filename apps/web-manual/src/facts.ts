import type { Character, Weights } from '@tha4/core';
import type { PaceState, PlayerStats, Quality } from '@tha4/student';

/** Lines below the stage: label -> text. An empty text hides its line. */
export type Facts = Readonly<Record<string, string>>;

/** What a person may want to know of a character before using it. */
export function characterFacts({ manifest, image, face, body }: Character): Facts {
  const { provenance, quality } = manifest;
  const { picture, teacher } = provenance;
  const weights = countWeights(face) + countWeights(body);
  return {
    size: `${image.width} × ${image.height} px, ${weights.toLocaleString('en')} weights (${megabytes(weights * 4)})`,
    licence: provenance.licence ?? 'not stated',
    picture: joined([picture?.author && `by ${picture.author}`, picture?.licence, picture?.source]),
    teacher: teacher?.name ?? '',
    form: provenance.convertedFrom ?? '',
    quality: quality ? `${quality.psnr.toFixed(1)} dB against ${quality.reference} over ${quality.poses} poses` : '',
  };
}

/** How it goes, in words. */
export function statsFacts({ last, p50, p95, fps, quality, pace, cacheHitRate }: PlayerStats): Facts {
  if (last === null || p50 === null || p95 === null || quality === null) return { time: '', speed: '' };
  const times = `${duration(last)} last, ${duration(p50)} median, ${duration(p95)} at the 95th percentile`;
  const rate = fps === null ? null : `${fps.toFixed(fps < 10 ? 1 : 0)} frames a second`;
  const cached = cacheHitRate === null ? null : `${Math.round(cacheHitRate * 100)} % of the frames from the cache`;
  return { time: joined([times, rate ?? '', cached ?? '']), speed: joined([QUALITY_WORDS[quality], PACE_WORDS[pace]]) };
}

const QUALITY_WORDS: Readonly<Record<Quality, string>> = {
  exact: 'exact',
  reuse: 'the body kept while the face moves',
  half: 'the body at half the resolution',
};

const PACE_WORDS: Readonly<Record<PaceState, string>> = {
  steady: '',
  slow: 'fewer frames, since each takes long',
  busy: 'fewer frames, since the device is busy',
  hidden: 'a frame a second, since the page is hidden',
};

/** The last frame's time and, where it is not exact, what it is: a few words beside the picture. */
export function paceWords({ last, quality }: PlayerStats): string {
  if (last === null) return '';
  return quality === 'reuse'
    ? `${duration(last)} · faster`
    : quality === 'half'
      ? `${duration(last)} · fastest`
      : duration(last);
}

/** Milliseconds below a second, seconds above it. */
export function duration(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(ms < 10 ? 1 : 0)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function countWeights(weights: Weights): number {
  return [...weights.values()].reduce((sum, { data }) => sum + data.length, 0);
}

function megabytes(bytes: number): string {
  return bytes < 100_000 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part).join('; ');
}
