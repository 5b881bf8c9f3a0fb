/**
 * From the page's navigation until its scripts had run, milliseconds. What a page needs for its first frame is this, and
 * from there on what its runtime needs for one.
 */
export function pageLoadMs(): number {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return navigation?.domContentLoadedEventEnd ?? 0;
}
