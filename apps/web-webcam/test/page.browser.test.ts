import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePng, readZip } from '@tha4/core';
import type { BuiltPage } from '@tha4/page/testing';
import { POSE } from '@tha4/pose-mapper';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runBridge } from './run-bridge.ts';
import { vowelWav } from './vowel-sound.ts';
import { watch } from './watch-page.ts';
import { buildWebcamPage, launchCamera, WebcamPage } from './webcam-page.ts';
import { ffmpegPixels, playedPixels } from './webm-pixels.ts';

describe('web-webcam', () => {
  let folder: string;
  let built: BuiltPage;
  let browser: Browser;
  let served: Awaited<ReturnType<BuiltPage['serve']>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'web-webcam-sound-'));
    const sound = join(folder, 'a.wav');
    writeFileSync(sound, vowelWav());
    built = await buildWebcamPage();
    browser = await launchCamera(null, [`--use-file-for-fake-audio-capture=${sound}`]);
    served = await built.serve();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    built?.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  const open = (query: string, permissions: string[] = []): Promise<WebcamPage> =>
    WebcamPage.open(browser, served.url, query, { permissions });

  it('shows the demo character at once, alive, and turns it towards the pointer', async () => {
    const opened = await open('source=idle');
    const { page } = opened;
    expect(await page.getByRole('img', { name: 'The character Aurelia' }).isVisible()).toBe(true);
    expect(await page.locator('[data-fact="licence"] dd').textContent()).toBe('CC0-1.0');
    const before = Number(await page.locator('body').getAttribute('data-frames'));
    const { poses } = await watch(page, 1);
    await page.waitForFunction((count) => Number(document.body.dataset.frames) >= count, before + 3);
    expect(new Set(poses.map(({ pose }) => pose[POSE.breathing])).size).toBeGreaterThan(3);

    await opened.choose('mouse');
    const looked = async (x: number): Promise<readonly number[]> => {
      await page.mouse.move(x, 400);
      await page.mouse.move(x, 401);
      await page.waitForTimeout(1000);
      return (await watch(page, 0.2)).poses.at(-1)!.pose;
    };
    const [left, right] = [await looked(20), await looked(1240)];
    expect(left[POSE.head_y]! - right[POSE.head_y]!).toBeGreaterThan(0.5);
    expect(left[POSE.iris_rotation_y]! - right[POSE.iris_rotation_y]!).toBeGreaterThan(0.3);
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });

  it('says what to do when the camera is refused or taken away, and goes on', async () => {
    const refused = await open('source=webcam');
    await refused.tracking('error');
    expect(await refused.words()).toContain('does not let this page use the camera');
    const { poses } = await watch(refused.page, 1);
    expect(new Set(poses.map(({ pose }) => pose[POSE.breathing])).size).toBeGreaterThan(3);

    // The same choice tries again, now that it is allowed.
    await refused.page.context().grantPermissions(['camera']);
    await refused.choose('webcam');
    await refused.page.waitForSelector('#model-dialog[open]');
    await refused.page.getByRole('button', { name: 'Not now' }).click();
    await refused.tracking('error');
    expect(await refused.words()).toContain('Without the face model');
    expect(await refused.page.locator('#self').isVisible()).toBe(false);

    await refused.choose('webcam');
    await refused.page.waitForSelector('#model-dialog[open]');
    await refused.page.evaluate(() => {
      const stream = document.querySelector<HTMLVideoElement>('#self-video')!.srcObject as MediaStream;
      // What a browser does when the plug is pulled.
      stream.getVideoTracks()[0]!.dispatchEvent(new Event('ended'));
    });
    await refused.tracking('error');
    expect(await refused.words()).toContain('unplugged');
    expect(refused.complaints).toEqual([]);
    await refused.close();

    const without = await launchCamera(null, ['--use-fake-device-for-media-stream=device-count=0']);
    const opened = await WebcamPage.open(without, served.url, 'source=webcam', { permissions: ['camera'] });
    await opened.tracking('error');
    expect(await opened.words()).toContain('There is no camera here');
    await without.close();
  });

  it('opens the mouth to a voice', async () => {
    const opened = await open('source=microphone', ['microphone']);
    await opened.page.locator('#source-line', { hasText: 'Speak' }).waitFor();
    await opened.page.mouse.click(640, 200); // a sound may start only in a page that was touched
    await opened.page.waitForFunction(() => document.querySelector<HTMLMeterElement>('#voice-level')!.value > 0.3);
    const { poses } = await watch(opened.page, 1);
    const open_ = poses.map(({ pose }) => pose[POSE.mouth_aaa]! + pose[POSE.mouth_ooo]! + pose[POSE.mouth_eee]!);
    expect(Math.max(...open_)).toBeGreaterThan(0.4);
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });

  it('keeps what was set, for each source, and sets it back', async () => {
    const opened = await open('source=idle');
    const { page } = opened;
    const head = page.getByRole('slider', { name: 'Head' });
    await head.fill('1.5');
    await page.locator('#advanced summary').click();
    await page.getByRole('slider', { name: 'Eye is shut' }).fill('0.5');
    await page.getByRole('checkbox', { name: 'Like a mirror' }).uncheck();
    await page.reload();
    await page.waitForSelector('body[data-open]');
    await page.waitForFunction(
      () => document.querySelector<HTMLInputElement>('[name="sensitivity-head"]')!.value === '1.5',
    );
    expect(await page.locator('#advanced-moved').textContent()).toBe('1 changed');
    expect(await page.getByRole('checkbox', { name: 'Like a mirror' }).isChecked()).toBe(false);
    await opened.choose('mouse');
    expect(await head.inputValue()).toBe('1');
    await opened.choose('idle');
    await head.press('Delete');
    expect(await head.inputValue()).toBe('1');
    await opened.close();
  });

  it('records WebM with alpha, a GIF, and PNGs with every pixel', async () => {
    const opened = await open('source=idle');
    const { page } = opened;
    const record = async (format: string): Promise<string> => {
      await page.selectOption('#record-format', format);
      await page.click('#record-button');
      await page.waitForTimeout(700);
      const download = page.waitForEvent('download', { timeout: 120_000 });
      await page.click('#record-button');
      const name = `Aurelia.${format === 'png' ? 'zip' : format}`;
      expect((await download).suggestedFilename()).toBe(name);
      expect(await page.locator('#record-line').textContent()).toContain(`Saved ${name}`);
      return (await download).path();
    };

    const webm = await record('webm');
    const places = [
      [0.02, 0.02],
      [0.5, 0.6],
    ] as const;
    const played = await playedPixels(browser, readFileSync(webm), places);
    expect(played.map(([, , , alpha]) => alpha)).toEqual([0, 255]);
    const decoded = ffmpegPixels(webm, 512, places);
    if (decoded === null) console.warn('SKIPPED: decoding the WebM with ffmpeg, which is not here');
    else expect(decoded.map(([, , , alpha]) => alpha)).toEqual([0, 255]);

    const files = [...readZip(readFileSync(await record('png')), 'recording').values()];
    expect(files.length).toBeGreaterThan(10);
    const { width, data } = decodePng(files.at(-1)!, 'frame');
    expect([width, data[3], data[(300 * 512 + 256) * 4 + 3]]).toEqual([512, 0, 255]);

    const gif = readFileSync(await record('gif'));
    expect([gif.subarray(0, 6).toString(), gif.readUInt16LE(6)]).toEqual(['GIF89a', 512]);
    // Each frame's control block: cleared before the next one, 4/100 s, transparent colour 255.
    expect(gif.toString('latin1').split('\x21\xf9\x04\x09\x04\x00\xff\x00').length).toBeGreaterThan(10);
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });

  it('shows only the character in the clean view, moved through the bridge by another page', async () => {
    const bridge = await runBridge();
    try {
      const query = `bridge=${encodeURIComponent(bridge.address)}`;
      const clean = await open(`view=clean&${query}`);
      const sender = await open(`source=mouse&${query}`);
      await sender.page.getByRole('checkbox', { name: 'Send poses to the bridge' }).check();
      await sender.page.mouse.move(20, 400);
      await sender.page.mouse.move(20, 401);
      await clean.tracking('face');
      await clean.page.waitForTimeout(1000);
      const { poses } = await watch(clean.page, 0.3);
      expect(poses.at(-1)!.pose[POSE.head_y]!).toBeGreaterThan(0.3);
      for (const part of ['header', '.panel', '.extras', '.caption']) {
        expect(await clean.page.locator(part).isVisible()).toBe(false);
      }
      expect(await clean.page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgba(0, 0, 0, 0)');
      const corner = await clean.page.screenshot({ omitBackground: true, clip: { x: 2, y: 2, width: 1, height: 1 } });
      expect(decodePng(corner, 'screenshot').data[3]).toBe(0);
      await clean.close();
      await sender.close();
    } finally {
      await bridge.stop();
    }
  });
});
