import type { Character, Weights } from '@tha4/core';
import type { FrameTimeSummary } from '@tha4/student';

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

/** Frame times in words. */
export function frameTimeFact({ last, p50, p95 }: FrameTimeSummary): Facts {
  if (last === null || p50 === null || p95 === null) return { time: '' };
  return { time: `${duration(last)} last, ${duration(p50)} median, ${duration(p95)} at the 95th percentile` };
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
