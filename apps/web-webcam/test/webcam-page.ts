import { fileURLToPath } from 'node:url';
import { buildPage } from '@tha4/page/testing';
import { sharedPath } from '@tha4/test-utils';
import { launchChromium } from '@tha4/test-utils/page';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

/** The app's folder. */
export const APP: string = fileURLToPath(new URL('..', import.meta.url));

/** Builds the page, which may connect to bridges of this computer. */
export function buildWebcamPage(): ReturnType<typeof buildPage> {
  return buildPage(APP, ['ws://127.0.0.1:*']);
}

/** Starts a Chromium whose camera plays a clip of the webcam fixtures; `null`: the built-in picture, without a face. */
export function launchCamera(clip: string | null, flags: readonly string[] = []): Promise<Browser> {
  const file = clip === null ? [] : [`--use-file-for-fake-video-capture=${clip}`];
  return launchChromium(['--use-fake-device-for-media-stream', ...file, ...flags]);
}

/** Path of a clip of the webcam fixtures. */
export function clipPath(name: string): string {
  return sharedPath(`fixtures/webcam/${name}.mjpeg`);
}

export const MODEL: string = sharedPath('fixtures/webcam/face_landmarker.task');

/** What MediaPipe and Chromium say by themselves at the levels of warnings and errors. */
const NOISE =
  /^W\d{4} |XNNPACK|OpenGL error checking|Feedback manager|willReadFrequently|GPU stall due to ReadPixels|404 \(Not Found\)/;

/** A page under test, with what its console had to complain about. */
export class WebcamPage {
  readonly page: Page;
  readonly complaints: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      const serious = message.type() === 'error' || message.type() === 'warning';
      if (serious && !NOISE.test(message.text())) this.complaints.push(message.text());
    });
  }

  /** Opens the page in a context of its own. @param query e.g. `source=webcam` */
  static async open(
    browser: Browser,
    url: string,
    query: string,
    options: BrowserContextOptions = {},
  ): Promise<WebcamPage> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
    const opened = new WebcamPage(await context.newPage());
    await opened.page.goto(`${url}?runtime=wasm&${query}`);
    await opened.page.waitForSelector('body[data-open]');
    return opened;
  }

  /** Gives the page the face model as a person would, and waits until it follows what it sees. */
  async giveModel(): Promise<void> {
    await this.page.waitForSelector('#model-dialog[open]');
    await this.page.setInputFiles('#model-file', MODEL);
    await this.tracking('face', 'no-face');
  }

  /** Chooses what moves the character. */
  async choose(source: string): Promise<void> {
    await this.page.locator(`input[name="source"][value="${source}"] + span`).click();
  }

  async tracking(...states: readonly string[]): Promise<void> {
    await this.page.waitForSelector(states.map((state) => `body[data-tracking="${state}"]`).join(','));
  }

  /** What the page says of its source. */
  async words(): Promise<string> {
    return (await this.page.locator('#source-line').textContent()) ?? '';
  }

  close(): Promise<void> {
    return this.page.context().close();
  }
}
