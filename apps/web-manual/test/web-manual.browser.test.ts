import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodePng, imageQuality, readSafetensors, toFloat32, writeCharacter } from '@tha4/core';
import { type BuiltPage, buildPage, smallCharacter } from '@tha4/page/testing';
import { describeShared, readShared, sharedPath } from '@tha4/test-utils';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launch, PAGE, PageDriver } from './page-driver.ts';

const SMALL = writeCharacter(smallCharacter('Disc'));
const tha = (name: string, bytes: Uint8Array) => ({ name, mimeType: '', buffer: Buffer.from(bytes) });

let built: BuiltPage;
let browser: Browser;
let served: Awaited<ReturnType<BuiltPage['serve']>>;

beforeAll(async () => {
  [built, browser] = await Promise.all([buildPage(PAGE), launch()]);
  served = await built.serve();
});

afterAll(async () => {
  await browser?.close();
  await served?.close();
  built?.remove();
});

describe('web-manual', () => {
  let driver: PageDriver;

  beforeEach(async () => {
    driver = await PageDriver.open(browser, served.url, true);
    await driver.page.setInputFiles('#open-files', tha('disc.tha', SMALL));
    await driver.page.waitForSelector('body[data-open]');
    await driver.settled();
  });

  afterEach(async () => {
    expect(driver.complaints).toEqual([]);
    await driver.page.context().close();
  });

  it('shows a character with its name and licence', async () => {
    expect(await driver.page.locator('#character-name').textContent()).toBe('Disc');
    expect(await driver.page.getByRole('img', { name: 'The character Disc' }).isVisible()).toBe(true);
    expect(await driver.page.locator('[data-fact="licence"] dd').textContent()).toBe('CC0');
    expect(await driver.page.locator('#runtime').textContent()).toContain('wasm');
    expect(await driver.page.locator('#pace').textContent()).toMatch(/^[\d.]+ m?s$/);
  });

  it('repaints when a slider is dragged, and takes the drag back in one step', async () => {
    const before = await driver.pixels();
    const slider = driver.slider('head_y');
    await slider.scrollIntoViewIfNeeded();
    const box = (await slider.boundingBox())!;
    await driver.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await driver.page.mouse.down();
    await driver.page.mouse.move(box.x + box.width * 0.9, box.y + box.height / 2, { steps: 5 });
    await driver.page.mouse.up();
    const after = await driver.pixels();
    expect(Number(await slider.inputValue())).toBeGreaterThan(0.5);
    expect(after.data).not.toEqual(before.data);

    await driver.page.keyboard.press('Control+z');
    expect((await driver.pixels()).data).toEqual(before.data);
    expect(await slider.inputValue()).toBe('0');
    await driver.page.keyboard.press('Control+Shift+z');
    expect((await driver.pixels()).data).toEqual(after.data);
  });

  it('is posed by keys alone', async () => {
    await driver.page.locator('summary', { hasText: 'Brows' }).focus();
    await driver.page.keyboard.press('Enter');
    await driver.page.keyboard.press('Tab');
    for (let i = 0; i < 3; i++) await driver.page.keyboard.press('ArrowRight');
    expect(await driver.copiedPose()).toEqual({ eyebrow_troubled_left: 0.03, eyebrow_troubled_right: 0.03 });
    await driver.slider('eyebrow_troubled_left').press('Delete');
    expect(await driver.copiedPose()).toEqual({});
    await driver.settled();
  });

  it('moves left and right together, or apart when asked', async () => {
    await driver.slider('eye_wink_left').fill('0.5');
    expect(await driver.slider('eye_wink_right').isVisible()).toBe(false);
    await driver.page.locator('.row[data-base="eye_wink"] .link').click();
    await driver.page.getByRole('slider', { name: 'Closed, right', exact: true }).fill('0.25');
    expect(await driver.copiedPose()).toEqual({ eye_wink_left: 0.5, eye_wink_right: 0.25 });
    await driver.page.click('#mirror');
    expect(await driver.copiedPose()).toEqual({ eye_wink_left: 0.25, eye_wink_right: 0.5 });
  });

  it('turns the head by dragging the picture', async () => {
    const box = (await driver.page.locator('#stage').boundingBox())!;
    await driver.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await driver.page.mouse.down();
    await driver.page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2);
    await driver.page.mouse.up();
    expect((await driver.copiedPose()).head_y).toBeCloseTo(-0.25, 1);
    await driver.page.click('#undo');
    expect(await driver.copiedPose()).toEqual({});
  });

  it('trades exactness for speed when asked, and makes a picture that rests exact', async () => {
    const automatic = driver.page.getByRole('radio', { name: 'Automatic' });
    expect(await automatic.isChecked()).toBe(true);
    await driver.slider('head_y').fill('0.5');
    const exact = await driver.pixels();
    await driver.page.click('#undo');
    await driver.settled();
    await automatic.focus();
    for (let i = 0; i < 3; i++) await driver.page.keyboard.press('ArrowRight');
    expect(await driver.page.getByRole('radio', { name: 'Fastest' }).isChecked()).toBe(true);
    await driver.page.evaluate(() => {
      const seen: string[] = [];
      const words = document.querySelector('#pace')!;
      new MutationObserver(() => seen.push(words.textContent ?? '')).observe(words, { childList: true, subtree: true });
      Object.assign(globalThis, { seen });
    });
    await driver.page.click('#redo');
    expect((await driver.pixels()).data).toEqual(exact.data);
    const seen = await driver.page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    expect(seen[0]).toMatch(/ms · fastest$/);
    expect(seen.at(-1)).toMatch(/ms$/);
    expect(await driver.page.locator('#picture-quality').textContent()).toBe('exact');
    await driver.page.reload();
    expect(await driver.page.getByRole('radio', { name: 'Fastest' }).isChecked()).toBe(true);
  });

  it('says in the page what is wrong with a file, and keeps the character', async () => {
    const before = await driver.pixels();
    await driver.drop([{ name: 'broken.tha', bytes: SMALL.slice(0, 500) }]);
    const message = driver.page.getByRole('alert').locator('.message');
    await message.waitFor();
    expect(await message.textContent()).toContain('broken.tha');
    expect((await driver.pixels()).data).toEqual(before.data);
    expect(await driver.page.locator('#character-name').textContent()).toBe('Disc');
    await driver.page.keyboard.press('Escape');
    expect(await message.count()).toBe(0);
  });

  it('opens what is dropped', async () => {
    await driver.drop([{ name: 'other.tha', bytes: writeCharacter(smallCharacter('Other')) }]);
    await driver.page.waitForFunction(() => document.title.startsWith('Other'));
    await driver.settled();
  });

  it('saves a PNG of the canvas with its alpha', async () => {
    await driver.page.click('[data-preset="wink"]');
    const shown = await driver.pixels();
    const [download] = await Promise.all([driver.page.waitForEvent('download'), driver.page.click('#save-png')]);
    expect(download.suggestedFilename()).toBe('Disc.png');
    const png = decodePng(readFileSync(await download.path()), 'download');
    expect([png.width, png.height]).toEqual([64, 64]);
    const alpha = [...png.data].filter((_, i) => i % 4 === 3);
    expect(alpha).toEqual([...shown.data].filter((_, i) => i % 4 === 3));
    expect(Math.min(...alpha)).toBeLessThan(128);
    expect(Math.max(...alpha)).toBeGreaterThan(128);
  });

  it('pastes what it copied, and says what is wrong with anything else', async () => {
    await driver.page.click('[data-preset="smile"]');
    const smile = await driver.copiedPose();
    await driver.page.click('#reset');
    await driver.pastePose(JSON.stringify(smile));
    await driver.page.locator('.moved', { hasText: 'moved' }).first().waitFor();
    expect(await driver.copiedPose()).toEqual(smile);
    await driver.pastePose('{"eye_wnk": 1}');
    const message = driver.page.locator('.message');
    await message.waitFor();
    expect(await message.textContent()).toContain("did you mean 'eye_wink'");
    await message.getByRole('button', { name: 'Dismiss' }).click();
    expect(await message.count()).toBe(0);
  });

  it('offers a text field where the clipboard is denied', async () => {
    await driver.page.context().clearPermissions();
    await driver.page.evaluate(() => {
      navigator.clipboard.readText = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
    });
    await driver.page.click('#paste-pose');
    await driver.page.fill('#pose-text', 'nonsense');
    await driver.page.click('#pose-dialog-apply');
    expect(await driver.page.locator('#pose-dialog-error').textContent()).toContain("'nonsense'");
    await driver.page.fill('#pose-text', '{"breathing": 0.5}');
    await driver.page.click('#pose-dialog-apply');
    expect(await driver.page.locator('#pose-dialog').isVisible()).toBe(false);
    expect(await driver.slider('breathing').inputValue()).toBe('0.5');
  });
});

describe('web-manual at its start', () => {
  it('waits for a character and says what it takes', async () => {
    const driver = await PageDriver.open(browser, served.url, true);
    await driver.page.getByRole('heading', { name: 'Open a character' }).waitFor();
    expect(await driver.page.locator('body').getAttribute('data-state')).toBe('empty');
    expect(await driver.slider('head_y').isDisabled()).toBe(true);
    expect(driver.complaints).toEqual([]);
    await driver.page.context().close();
  });

  it('opens the demo character where nothing else is named', async () => {
    const driver = await PageDriver.open(browser, served.url, true, 'default');
    await driver.settled();
    expect(await driver.page.title()).toContain('Aurelia');
    expect(driver.complaints).toEqual([]);
    await driver.page.context().close();
  });

  it('opens the character that lies beside it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'web-manual-character-'));
    writeFileSync(join(folder, 'my character.tha'), SMALL);
    const withCharacter = await built.serve(folder);
    const driver = await PageDriver.open(browser, withCharacter.url, true, 'default');
    await driver.settled();
    expect(await driver.page.title()).toContain('Disc');
    expect(driver.complaints).toEqual([]);
    await driver.page.context().close();
    await withCharacter.close();
    rmSync(folder, { recursive: true });
  });
});

describeShared('web-manual with a real character', () => {
  it("shows the original's folder as the original shows it", async () => {
    const driver = await PageDriver.open(browser, served.url, true);
    await driver.page.setInputFiles('#open-folder', sharedPath('characters/lambda_00'));
    await driver.page.waitForSelector('body[data-open]');
    expect(await driver.page.locator('#character-name').textContent()).toBe('lambda_00');
    const poses = readSafetensors(readShared('golden/student/lambda_00.safetensors'), 'golden').tensors.get('poses')!;
    const pose = [...toFloat32(poses, 'poses').slice(45, 90)];
    await driver.slider('head_x').press('ArrowRight');
    await driver.pastePose(JSON.stringify(pose));
    await driver.page.locator('[data-group="breathing"] .moved', { hasText: 'moved' }).waitFor({ state: 'attached' });

    const shown = await driver.pixels(300_000);
    const golden = decodePng(readShared('golden/student/lambda_00.pose1.png'), 'golden');
    const { psnr } = imageQuality(shown, golden).frame;
    console.log(`web-manual: lambda_00 on wasm, ${psnr.toFixed(1)} dB against the original's frame`);
    expect(psnr).toBeGreaterThanOrEqual(55);
    expect(driver.complaints).toEqual([]);
    await driver.page.context().close();
  });
});
