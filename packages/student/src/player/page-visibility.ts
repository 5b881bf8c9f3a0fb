/** Follows whether the page is hidden. @returns what stops it; where there is no page (a worker, Node), nothing happens */
export function followVisibility(tell: (hidden: boolean) => void): () => void {
  if (typeof document === 'undefined') return () => undefined;
  const hear = (): void => tell(document.visibilityState === 'hidden');
  document.addEventListener('visibilitychange', hear);
  hear();
  return () => document.removeEventListener('visibilitychange', hear);
}
