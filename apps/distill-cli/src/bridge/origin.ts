/** Stands for pages opened from a file, in `--allow-origin`. */
export const FILE_ORIGIN = 'file';

/** What browsers say of pages from files: `null` and `file://`; OBS's browser source may say the last for a local file. */
const FILE_ORIGINS: readonly string[] = ['null', 'file://', 'http://absolute'];

/**
 * Whether a page may connect. Browsers always say where a page comes from, and pages cannot change that, so any page on
 * the web that tries to reach into this computer is told by it. Programs that are no browsers say nothing.
 *
 * @param origin the header; `undefined` where there is none
 * @param allowed further origins, as `https://example.org`, or `file`
 */
export function mayConnect(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  if (isFileOrigin(origin)) return allowed.includes(FILE_ORIGIN);
  return isLocalPage(origin);
}

/** Whether it is what browsers say of a page from a file (or of one in a sandbox, which looks the same). */
export function isFileOrigin(origin: string): boolean {
  return FILE_ORIGINS.includes(origin);
}

/** Whether an address is this computer's own, which no other can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function isLocalPage(origin: string): boolean {
  let url: URL;
  try {
    url = new URL(origin);
  } catch {
    return false;
  }
  const { protocol, hostname } = url;
  if (protocol !== 'http:' && protocol !== 'https:') return false;
  return hostname === '[::1]' || hostname.endsWith('.localhost') || isLoopback(hostname);
}
