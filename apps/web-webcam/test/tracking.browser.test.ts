import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BuiltPage } from '@tha4/page/testing';
import { POSE } from '@tha4/pose-mapper';
import { describeShared, readSharedJson, sharedPath } from '@tha4/test-utils';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clipClock, follows, medianDelay, trackedTrace } from './traces.ts';
import { twoFacesClip } from './two-faces.ts';
import { longTasks, watch } from './watch-page.ts';
import { buildWebcamPage, clipPath, launchCamera, MODEL, WebcamPage } from './webcam-page.ts';

interface ClipFrame {
  readonly cw_deg: number;
  readonly face: boolean;
  readonly image: { readonly yaw_right_deg: number; readonly pitch_down_deg: number };
}

function clipFrames(clip: string): readonly ClipFrame[] {
  return readSharedJson<{ clips: Record<string, ClipFrame[]> }>('fixtures/webcam/expected.json').clips[clip]!;
}

const ALLOWED = { permissions: ['camera'] };

describeShared('web-webcam with a face in front of the camera', () => {
  let built: BuiltPage;
  let served: Awaited<ReturnType<BuiltPage['serve']>>;

  beforeAll(async () => {
    built = await buildWebcamPage();
    served = await built.serve();
  });

  afterAll(async () => {
    await served?.close();
    built?.remove();
  });

  async function withClip(clip: string, body: (browser: Browser) => Promise<void>): Promise<void> {
    const browser = await launchCamera(clip);
    try {
      await body(browser);
    } finally {
      await browser.close();
    }
  }

  it('rolls the character with the head, in the pose and in the picture, as a mirror would show it', () =>
    withClip(clipPath('roll15'), async (browser) => {
      const opened = await WebcamPage.open(browser, served.url, 'source=idle', ALLOWED);
      const { page } = opened;
      await page.setInputFiles('#open-folder', sharedPath('characters/lambda_00'));
      await page.getByRole('img', { name: 'The character lambda_00' }).waitFor();
      // Whole frames of lambda_00 take too long on two cores to see a head move.
      await page.locator('input[name="speed"][value="half"] + span').click();
      await opened.choose('webcam');
      await opened.giveModel();
      await opened.tracking('face');
      // Twice the frames that a fit needs: on a busy machine the clock of the clip is not known for all.
      const { poses, codes, heads } = await watch(page, 4, 12);
      const frame = clipClock(codes);
      const clip = clipFrames('roll15');
      const clockwise = (at: number): number | null => clip[frame(at) ?? -1]?.cw_deg ?? null;

      const roll = follows(trackedTrace(poses, POSE.neck_z), clockwise);
      const drawn = follows(
        heads.map(({ at, x }) => ({ at, value: x })),
        clockwise,
      );
      console.log(
        `web-webcam: the pose rolls with r ${roll.r.toFixed(3)}; tracked in ${medianDelay(poses).toFixed(0)} ms, and ` +
          `${roll.delayMs} ms more by smoothing; lambda_00's picture with r ${drawn.r.toFixed(3)} (${heads.length} frames)`,
      );
      // A head that leans to its right, clockwise in the camera's picture, leans to the left in a mirror.
      expect(roll.r).toBeGreaterThan(0.95);
      expect(drawn.r).toBeLessThan(-0.8);
      const tasks = await longTasks(page, 3);
      console.log(`web-webcam: tasks over 50 ms in 3 s of tracking: ${tasks.map(Math.round).join(', ') || 'none'}`);
      expect(opened.complaints).toEqual([]);
    }));

  it('turns and nods to the right side', () =>
    withClip(clipPath('yawpitch'), async (browser) => {
      const opened = await WebcamPage.open(browser, served.url, 'source=webcam', ALLOWED);
      await opened.giveModel();
      await opened.tracking('face');
      const { poses, codes } = await watch(opened.page, 5);
      const frame = clipClock(codes);
      const clip = clipFrames('yawpitch');
      const angle = (of: 'yaw_right_deg' | 'pitch_down_deg') => (at: number) =>
        clip[frame(at) ?? -1]?.image[of] ?? null;
      const yaw = follows(trackedTrace(poses, POSE.head_y), angle('yaw_right_deg'));
      const pitch = follows(trackedTrace(poses, POSE.head_x), angle('pitch_down_deg'));
      console.log(`web-webcam: head_y turns with r ${yaw.r.toFixed(3)}, head_x nods with r ${pitch.r.toFixed(3)}`);
      // A nose to the right of the camera's picture is to the left in a mirror, which is a positive head_y; a positive
      // head_x lifts the chin.
      expect(yaw.r).toBeGreaterThan(0.85);
      expect(pitch.r).toBeLessThan(-0.85);
      expect(opened.complaints).toEqual([]);
    }));

  it('asks for the model once, idles while the face is gone, and follows again', () =>
    withClip(clipPath('lost'), async (browser) => {
      const opened = await WebcamPage.open(browser, served.url, 'source=webcam', ALLOWED);
      const { page } = opened;
      await page.waitForSelector('#model-dialog[open]');
      await page.setInputFiles('#model-file', { name: 'other.task', mimeType: '', buffer: Buffer.from('no model') });
      await page.locator('#model-problem', { hasText: 'other.task is not the model' }).waitFor();
      await opened.giveModel();

      // From now on there is no network: the browser's store has the model, and the page is its own.
      await page.route(/^https:/, () => {
        throw new Error('expected no request to another host');
      });
      await page.reload();
      await opened.tracking('face');
      expect(await page.locator('#model-dialog[open]').count()).toBe(0);
      expect(readFileSync(MODEL).length).toBe(3_758_596);

      await page.locator('#source-line', { hasText: 'The character idles until you are back' }).waitFor();
      const { poses } = await watch(page, 5);
      const states = new Set(poses.map(({ state }) => state));
      expect([...states].sort()).toEqual(['idle', 'lost', 'tracking']);
      // Nothing jumps: neither where the face goes nor where it comes back.
      const steps = poses.slice(1).map(({ at, pose }, i) => {
        const before = poses[i]!;
        return Math.abs(pose[POSE.head_x]! - before.pose[POSE.head_x]!) / Math.max(1, (at - before.at) / 16.7);
      });
      console.log(
        `web-webcam: largest step of head_x at a loss and a return: ${Math.max(...steps).toFixed(3)} a frame`,
      );
      expect(Math.max(...steps)).toBeLessThan(0.25);
      const breath = poses.map(({ pose }) => pose[POSE.breathing]!);
      expect(Math.max(...breath) - Math.min(...breath)).toBeGreaterThan(0.5);
      expect(opened.complaints).toEqual([]);
    }));

  it('follows the nearest of two faces and says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'web-webcam-clip-'));
    const clip = join(folder, 'two.mjpeg');
    writeFileSync(clip, await twoFacesClip(readFileSync(clipPath('roll15'))));
    try {
      await withClip(clip, async (browser) => {
        const opened = await WebcamPage.open(browser, served.url, 'source=webcam', ALLOWED);
        await opened.giveModel();
        await opened.page.locator('#source-line', { hasText: 'More than one face' }).waitFor();
        const { poses } = await watch(opened.page, 2);
        const told = poses.filter(({ capturedAt }) => capturedAt !== null);
        expect(told.length).toBeGreaterThan(3);
        expect(told.filter(({ state }) => state !== 'tracking')).toEqual([]);
        expect(opened.complaints).toEqual([]);
      });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
