// `pnpm --filter web-webcam memory CLIP MODEL [FRAMES]`: follows a webcam clip in headless Chromium and says what the
// page's memory does.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { buildWebcamPage, launchCamera, WebcamPage } from '../test/webcam-page.ts';

const [clip, model, frames = '2000'] = process.argv.slice(2);
if (clip === undefined || model === undefined) throw new Error('memory: expected CLIP.mjpeg and face_landmarker.task');
const home = process.env.INIT_CWD ?? '.';
const SAMPLES = 4;

const built = await buildWebcamPage();
const served = await built.serve();
const browser = await launchCamera(resolve(home, clip), ['--enable-blink-features=ForceEagerMeasureMemory']);
try {
  const { page } = await WebcamPage.open(browser, served.url, 'source=webcam', { permissions: ['camera'] });
  await page.waitForSelector('#model-dialog[open]');
  await page.setInputFiles('#model-file', resolve(home, model));
  await page.waitForSelector('body[data-tracking="face"]');
  await page.evaluate(() => {
    let tracked = 0;
    document.addEventListener('tha4:pose', (event) => {
      if ((event as CustomEvent).detail.capturedAt !== null) tracked++;
      document.body.dataset.tracked = String(tracked);
    });
  });
  for (let i = 0; i <= SAMPLES; i++) {
    const wanted = Math.round((Number(frames) * i) / SAMPLES);
    await page.waitForFunction((count) => Number(document.body.dataset.tracked) >= count, wanted, { timeout: 0 });
    const { page: bytes, rss } = await memory(page);
    console.log(
      `after ${wanted} frames: page and workers ${megabytes(bytes)}, browser's processes ${megabytes(rss)} resident`,
    );
  }
} finally {
  await browser.close();
  await served.close();
  built.remove();
}

/** Bytes of the page with its workers, as the browser measures them, and the resident memory of all its processes. */
async function memory(page: Page): Promise<{ page: number; rss: number }> {
  const bytes = await page.evaluate(async () => {
    const measure = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<{ readonly bytes: number }>;
    };
    return (await measure.measureUserAgentSpecificMemory()).bytes;
  });
  const session = await page.context().browser()!.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const rss = processInfo.reduce((sum, { id }) => sum + residentBytes(id), 0);
  return { page: bytes, rss };
}

/** Linux only; elsewhere 0. */
function residentBytes(pid: number): number {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}
