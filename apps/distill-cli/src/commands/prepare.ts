import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng, type RgbaImage } from '@tha4/core';
import { type Box, type FaceBoxes, maskImage, type PictureReport, preparePicture } from '@tha4/teacher/prepare';
import sharp from 'sharp';
import { guardFolder } from '../files/guard-output.ts';
import { readPicture } from '../files/read-picture.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { Reporter } from '../io.ts';

export interface PrepareConfig {
  readonly picture: string;
  readonly out: string;
  /** Where the head is in the picture, or `null`. */
  readonly head: Box | null;
  /** A drawn mask's file, or `null`. */
  readonly mask: string | null;
  /** Boxes of the mask, in pixels of the prepared picture. */
  readonly boxes: Partial<FaceBoxes>;
  readonly force: boolean;
}

export interface PrepareResult {
  readonly command: 'prepare';
  readonly picture: string;
  readonly out: string;
  readonly files: readonly string[];
  /** The report, with what was done on reading the file put first. */
  readonly report: PictureReport;
}

const NAMES = ['character.png', 'face_mask.png', 'overlay.png', 'report.json'];

/**
 * Makes a picture ready. Where it has a problem, only the overlay and the report are written, so that nobody trains on
 * it by mistake.
 */
export async function prepare(config: PrepareConfig, reporter: Reporter): Promise<PrepareResult> {
  const { picture, out, head, mask, boxes, force } = config;
  const { image, notes } = await readPicture(picture);
  const drawn = mask === null ? null : (await readPicture(mask)).image;
  const sources = mask === null ? [picture] : [picture, mask];
  const output = {
    names: NAMES,
    isOurs: (name: string) => NAMES.includes(name),
    mark: { name: 'report.json', text: 'tha4-picture-report' },
  };
  await guardFolder(out, output, sources, force);
  for (const note of notes) reporter.note(note);
  const prepared = preparePicture(image, { head, mask: drawn, boxes });
  const report = { ...prepared.report, done: [...notes, ...prepared.report.done] };
  const files = new Map<string, Uint8Array>();
  if (report.ok) {
    files.set('character.png', encodePng(prepared.character));
    files.set('face_mask.png', await encodeMask(maskImage(prepared.mask)));
  }
  files.set('overlay.png', encodePng(prepared.overlay));
  files.set('report.json', new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`));
  for (const [name, bytes] of files) await writeAtomic(join(out, name), bytes);
  // A former run's character would pass for this one's.
  for (const name of NAMES) if (!files.has(name)) await rm(join(out, name), { force: true });
  return { command: 'prepare', picture, out, files: [...files.keys()], report };
}

/** As the original's programs want it: RGB without alpha. */
async function encodeMask({ width, height, data }: RgbaImage): Promise<Uint8Array> {
  return sharp(data, { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .png()
    .toBuffer();
}
