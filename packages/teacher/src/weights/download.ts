import { open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { ReadableStream } from 'node:stream/web';
import { CheckpointError } from '@tha4/core';

/** What a download tells. */
export interface DownloadEvents {
  /** @param total bytes, `null` where the server does not say */
  readonly progress: (done: number, total: number | null) => void;
  /** One line, e.g. that it goes on where it stopped. */
  readonly note: (line: string) => void;
}

/** How often a connection that breaks is taken up again by itself. */
const TRIES = 5;

/**
 * Downloads a file. What is there of it already, in `<path>.part`, is kept as long as the server's file is the same
 * (its ETag or time of change), and only the rest is asked for.
 *
 * @throws {CheckpointError} where the server refuses, sends a web page, or the connection keeps breaking; what came
 *   so far stays, and the same call goes on
 */
export async function download(
  url: string,
  path: string,
  { progress, note }: DownloadEvents,
  signal?: AbortSignal,
): Promise<void> {
  const part = `${path}.part`;
  for (let failures = 0; ; ) {
    const before = await sizeOf(part);
    if (before > 0) note(`Going on at ${Math.round(before / 1e6)} MB.`);
    try {
      if (await attempt(url, part, before, progress, signal)) break;
      throw new Error('the connection ended early');
    } catch (cause) {
      if (cause instanceof CheckpointError || signal?.aborted) throw cause;
      failures = (await sizeOf(part)) > before ? 1 : failures + 1;
      if (failures < TRIES) {
        await new Promise((resolve) => setTimeout(resolve, 200 * 2 ** failures));
        continue;
      }
      const why = String((cause as Error & { cause?: Error }).cause?.message ?? (cause as Error).message);
      throw new CheckpointError(`${url}: expected an answer, got ${why}; the same command goes on from here`, [], {
        cause,
      });
    }
  }
  await rename(part, path);
  await rm(versionFile(part), { force: true });
}

/** @returns whether the file is whole */
async function attempt(
  url: string,
  part: string,
  before: number,
  progress: DownloadEvents['progress'],
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const version = before > 0 ? await readFile(versionFile(part), 'utf8').catch(() => '') : '';
  // Without knowing which version the first part is of, it cannot be continued.
  const from = version === '' ? 0 : before;
  const headers: Record<string, string> = { 'accept-encoding': 'identity' };
  if (from > 0) Object.assign(headers, { range: `bytes=${from}-`, 'if-range': version });
  const response = await fetch(url, { headers, redirect: 'follow', ...(signal && { signal }) });
  if (response.status === 416) {
    await rm(part, { force: true });
    throw new Error('it has another length now');
  }
  if (!response.ok || response.body === null) {
    throw new CheckpointError(`${url}: expected the weights, got HTTP ${response.status}; is there a newer address?`);
  }
  if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
    await response.body.cancel();
    throw new CheckpointError(
      `${url}: expected a zip, got a web page; open it in a browser, and give the file to --weights`,
    );
  }
  const isRest = response.status === 206;
  const start = isRest ? from : 0;
  const length = response.headers.get('content-length');
  const total = length === null ? null : start + Number(length);
  const tag = response.headers.get('etag');
  // A weak tag promises no equal bytes.
  const now = tag !== null && !tag.startsWith('W/') ? tag : (response.headers.get('last-modified') ?? '');
  await writeFile(versionFile(part), now);
  // Every piece is on the disk before the next one is asked for: a connection that breaks loses none.
  const file = await open(part, isRest ? 'a' : 'w');
  let done = start;
  try {
    for await (const chunk of response.body as ReadableStream<Uint8Array>) {
      await file.writeFile(chunk);
      done += chunk.length;
      progress(done, total);
    }
  } finally {
    await file.close();
  }
  return total === null || (await sizeOf(part)) === total;
}

function versionFile(part: string): string {
  return `${part}.version`;
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}
