import { launchChromium } from '@tha4/test-utils/page';

/** Frames of the clip, all alike. */
const FRAMES = 30;

/** A clip with the person of another clip's first frame twice, the one on the left larger. @param clip an .mjpeg file */
export async function twoFacesClip(clip: Uint8Array): Promise<Uint8Array> {
  const first = clip.subarray(0, Buffer.from(clip).indexOf(Buffer.from([0xff, 0xd9])) + 2);
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const frame = await page.evaluate(drawTwice, `data:image/jpeg;base64,${Buffer.from(first).toString('base64')}`);
    return Buffer.concat(Array.from({ length: FRAMES }, () => Buffer.from(frame, 'base64')));
  } finally {
    await browser.close();
  }
}

async function drawTwice(source: string): Promise<string> {
  const image = new Image();
  image.src = source;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = 640;
  canvas.height = 480;
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 160, 0, 320, 480, 0, 0, 320, 480);
  context.drawImage(image, 160, 60, 320, 420, 350, 120, 240, 315);
  return canvas.toDataURL('image/jpeg', 0.9).split(',')[1]!;
}
