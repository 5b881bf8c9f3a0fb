import { fileURLToPath } from 'node:url';
import { chromiumArguments, findChromium } from '@tha4/test-utils';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

/** The app's folder. */
export const PAGE: string = fileURLToPath(new URL('..', import.meta.url));

/** Starts the Chromium that is there. */
export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: chromiumArguments() });
}

/** The advice that Chromium gives because these tests, not the page, read the canvas again and again. */
const OWN_DOING = /getImageData are faster with the willReadFrequently/;

/** A page under test, with everything that its console had to complain about. */
export class PageDriver {
  readonly page: Page;
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const serious = message.type() === 'error' || message.type() === 'warning';
      if (serious && !OWN_DOING.test(message.text())) this.complaints.push(message.text());
    });
  }

  /** Opens the page in a context of its own, with the clipboard allowed or denied. */
  static async open(
    browser: Browser,
    url: string,
    clipboard: boolean,
    first: 'none' | 'default' = 'none',
  ): Promise<PageDriver> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true });
    if (clipboard) await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const driver = new PageDriver(await context.newPage());
    await driver.page.goto(`${url}?runtime=wasm${first === 'none' ? '&character=' : ''}`);
    return driver;
  }

  slider(name: string): Locator {
    return this.page.locator(`input[name="${name}"]`);
  }

  /** Waits until the newest pose is on the canvas; the page says `painting` as soon as a pose is wished for. */
  async settled(timeout = 60_000): Promise<void> {
    await this.page.waitForSelector('body[data-state="ready"]', { timeout });
  }

  async frames(): Promise<number> {
    return Number(await this.page.locator('body').getAttribute('data-frames'));
  }

  /** The canvas's pixels, as they are when nothing is being painted. */
  async pixels(
    timeout?: number,
  ): Promise<{ readonly width: number; readonly height: number; readonly data: Uint8Array }> {
    await this.settled(timeout);
    const { width, height, bytes } = await this.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas#stage')!;
      const { width, height } = canvas;
      return { width, height, bytes: [...canvas.getContext('2d')!.getImageData(0, 0, width, height).data] };
    });
    return { width, height, data: Uint8Array.from(bytes) };
  }

  /** The pose as the page copies it. */
  async copiedPose(): Promise<Record<string, number>> {
    await this.page.click('#copy-pose');
    return JSON.parse(await this.page.evaluate(() => navigator.clipboard.readText())) as Record<string, number>;
  }

  /** Puts text on the clipboard and presses the page's button. */
  async pastePose(text: string): Promise<void> {
    await this.page.evaluate((pose) => navigator.clipboard.writeText(pose), text);
    await this.page.click('#paste-pose');
  }

  /** Drops files on the page, as a hand would. */
  async drop(files: readonly { readonly name: string; readonly bytes: Uint8Array }[]): Promise<void> {
    const plain = files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }));
    const transfer = await this.page.evaluateHandle((dropped) => {
      const data = new DataTransfer();
      for (const { name, bytes } of dropped) data.items.add(new File([Uint8Array.from(bytes)], name));
      return data;
    }, plain);
    await this.page.dispatchEvent('main', 'dragover', { dataTransfer: transfer });
    await this.page.dispatchEvent('main', 'drop', { dataTransfer: transfer });
  }
}
