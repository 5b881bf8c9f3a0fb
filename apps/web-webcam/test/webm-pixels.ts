import { spawnSync } from 'node:child_process';
import type { Browser } from 'playwright-core';

/** RGBA of a video's pixel at a share of its width and height, in one of its first frames. */
export type Pixel = readonly [number, number, number, number];

/** Pixels as Chromium shows them. */
export async function playedPixels(
  browser: Browser,
  webm: Uint8Array,
  places: readonly (readonly [number, number])[],
): Promise<Pixel[]> {
  const page = await browser.newPage();
  try {
    return await page.evaluate(
      async ({ base64, places }) => {
        const video = document.createElement('video');
        video.muted = true;
        video.src = `data:video/webm;base64,${base64}`;
        const shown = new Promise((resolve, reject) => {
          video.requestVideoFrameCallback(resolve);
          video.onerror = () => reject(new Error('the video cannot be played'));
        });
        await video.play();
        await shown;
        const context = new OffscreenCanvas(video.videoWidth, video.videoHeight).getContext('2d')!;
        context.drawImage(video, 0, 0);
        return places.map(([x, y]) => {
          const { data } = context.getImageData(
            Math.floor(x * (video.videoWidth - 1)),
            Math.floor(y * (video.videoHeight - 1)),
            1,
            1,
          );
          return [data[0]!, data[1]!, data[2]!, data[3]!] as const;
        });
      },
      { base64: Buffer.from(webm).toString('base64'), places },
    );
  } finally {
    await page.close();
  }
}

/** Pixels as ffmpeg's decoders with alpha give them; `null` where there is no ffmpeg. */
export function ffmpegPixels(
  file: string,
  size: number,
  places: readonly (readonly [number, number])[],
): Pixel[] | null {
  const codec = spawnSync('ffprobe', ['-v', 'error', '-show_entries', 'stream=codec_name', '-of', 'csv=p=0', file]);
  if (codec.error !== undefined) return null;
  const decoder = codec.stdout.toString().trim() === 'vp8' ? 'libvpx' : 'libvpx-vp9';
  const { stdout } = spawnSync(
    'ffmpeg',
    ['-v', 'error', '-c:v', decoder, '-i', file, '-frames:v', '1', '-pix_fmt', 'rgba', '-f', 'rawvideo', '-'],
    { maxBuffer: size * size * 4 + 1 },
  );
  return places.map(([x, y]) => {
    const at = (Math.floor(y * (size - 1)) * size + Math.floor(x * (size - 1))) * 4;
    return [...stdout.subarray(at, at + 4)] as unknown as Pixel;
  });
}
