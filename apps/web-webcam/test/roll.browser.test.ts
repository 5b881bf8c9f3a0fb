import type { BuiltPage } from '@tha4/page/testing';
import { POSE } from '@tha4/pose-mapper';
import { describeShared, readSharedJson, sharedPath } from '@tha4/test-utils';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clipClock, follows } from './traces.ts';
import { watch } from './watch-page.ts';
import { buildWebcamPage, clipPath, launchCamera, WebcamPage } from './webcam-page.ts';

interface ClipFrame {
  readonly cw_deg: number;
}

describeShared('a head that rolls in front of the camera', () => {
  let built: BuiltPage;
  let browser: Browser;
  let served: Awaited<ReturnType<BuiltPage['serve']>>;

  beforeAll(async () => {
    [built, browser] = await Promise.all([buildWebcamPage(), launchCamera(clipPath('roll15'))]);
    served = await built.serve();
  });

  afterAll(async () => {
    await browser?.close();
    await served?.close();
    built?.remove();
  });

  it('rolls the character, in the pose and in the picture, as a mirror would show it', async () => {
    const opened = await WebcamPage.open(browser, served.url, 'source=idle', { permissions: ['camera'] });
    const { page } = opened;
    await page.setInputFiles('#open-folder', sharedPath('characters/lambda_00'));
    await page.getByRole('img', { name: 'The character lambda_00' }).waitFor();
    await page.locator('input[value="webcam"] + span').click();
    await opened.giveModel();
    await opened.tracking('face');
    await page.waitForTimeout(2000);

    const { poses, codes, heads, longTasks } = await watch(page, 16);
    const frame = clipClock(codes);
    const clip = readSharedJson<{ clips: { roll15: ClipFrame[] } }>('fixtures/webcam/expected.json').clips.roll15;
    const clockwise = (at: number): number | null => clip[frame(at) ?? -1]?.cw_deg ?? null;

    const roll = follows(
      poses.map(({ at, pose }) => ({ at, value: pose[POSE.neck_z]! })),
      clockwise,
    );
    const drawn = follows(
      heads.map(({ at, x }) => ({ at, value: x })),
      clockwise,
    );
    console.log(
      `web-webcam: roll follows with r ${roll.r.toFixed(3)} after ${roll.delayMs} ms, the picture with r ` +
        `${drawn.r.toFixed(3)} after ${drawn.delayMs} ms (${heads.length} frames); long tasks: ` +
        `${longTasks.length}, longest ${Math.max(0, ...longTasks).toFixed(0)} ms`,
    );
    expect(heads.length).toBeGreaterThan(5);
    expect(Math.abs(roll.r)).toBeGreaterThan(0.95);
    expect(drawn.r).toBeLessThan(-0.8);
    expect(opened.complaints).toEqual([]);
    await opened.close();
  });
});
