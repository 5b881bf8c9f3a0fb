/**
 * Whether a page may ask for frames. Any page that somebody has open could connect to a server on their machine, so only
 * those of the machine itself may, and those that were named. A program that is no browser sends no origin.
 *
 * @param allowed further origins, such as `https://example.org`
 */
export function mayConnect(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  try {
    const { hostname, protocol } = new URL(origin);
    return /^https?:$/.test(protocol) && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname);
  } catch {
    // `null`: a page from a file, or one in a sandbox.
    return false;
  }
}
