/** The trackers that can be read, by their protocols. */
export const TRACKER_PROTOCOLS = ['ifacialmocap', 'facemotion3d', 'openseeface', 'vmc', 'vtube-studio'] as const;

/** One of `TRACKER_PROTOCOLS`. */
export type TrackerProtocol = (typeof TRACKER_PROTOCOLS)[number];

export function isTrackerProtocol(value: unknown): value is TrackerProtocol {
  return TRACKER_PROTOCOLS.includes(value as TrackerProtocol);
}
