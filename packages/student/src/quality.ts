import { BackendError } from '@tha4/core';

/**
 * What a runtime may leave out of a frame, the best picture first. Each leaves out what the one before it does.
 *
 * - `exact`: nothing that can be seen.
 * - `reuse`: while only the face moves, and not far, the body's flow, alpha and colour are kept. A frame for which they
 *   were computed is exact.
 * - `half`: the body's last level is computed at half the resolution and enlarged; warp and blend stay at the full one.
 *
 * What each costs in decibels is measured in `docs/quality.md`.
 */
export const QUALITIES = ['exact', 'reuse', 'half'] as const;
export type Quality = (typeof QUALITIES)[number];

/** What the fused runtimes offer for a body of so many levels: `half` starts from the level below the last one. */
export function qualitiesOf(levels: number): readonly Quality[] {
  return levels > 1 ? QUALITIES : QUALITIES.filter((quality) => quality !== 'half');
}

/** @throws {BackendError} when a runtime does not offer a quality */
export function checkQuality(runtime: string, quality: Quality, offered: readonly Quality[]): void {
  if (offered.includes(quality)) return;
  throw new BackendError(`${runtime}: expected a quality of ${offered.join(', ')}, got '${quality}'; use one of these`);
}
