import type { RgbaImage } from '@tha4/core';
import { findComponents } from './components.ts';

/** What lies around a figure without belonging to it, in pixels. */
export interface Strays {
  /** Nearly transparent pixels away from anything that can be seen. */
  readonly haze: number;
  /** Pixels of specks: small or faint islands. */
  readonly specks: number;
}

/** Opacity, 0..255, up to which a pixel can be haze, and from which it is something. */
const HAZE = 16;
const SOMETHING = 32;
/** How far haze is from something; soft edges are nearer. */
const REACH = 4;
/** Islands smaller than this, or fainter, are specks. */
const SPECK_AREA = 24;
const SPECK_ALPHA = 40;

/** Counts strays, and removes them where `clean` is set: their alpha becomes exactly 0, and so do all hidden colours. */
export function cleanAlpha(image: RgbaImage, clean: boolean): { readonly image: RgbaImage; readonly strays: Strays } {
  const { width, height } = image;
  const data = image.data.slice();
  const near = nearSomething(image);
  let haze = 0;
  for (let i = 0; i < near.length; i++) {
    const alpha = data[i * 4 + 3]!;
    if (alpha === 0 || alpha > HAZE || near[i] === 1) continue;
    haze++;
    data[i * 4 + 3] = 0;
  }
  const { list, labels } = findComponents(width, height, (i) => data[i * 4 + 3]! > 0);
  const strongest = new Uint8Array(list.length + 1);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!;
    strongest[label] = Math.max(strongest[label]!, data[i * 4 + 3]!);
  }
  const isSpeck = new Uint8Array(list.length + 1);
  let specks = 0;
  for (const { label, area } of list.slice(1)) {
    if (area >= SPECK_AREA && strongest[label]! >= SPECK_ALPHA) continue;
    isSpeck[label] = 1;
    specks += area;
  }
  if (!clean) return { image, strays: { haze, specks } };
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] === 0 || isSpeck[labels[i]!] === 1) data.fill(0, i * 4, i * 4 + 4);
  }
  return { image: { width, height, data }, strays: { haze, specks } };
}

/** Which pixels have something visible within reach, sideways or up and down. */
function nearSomething({ width, height, data }: RgbaImage): Uint8Array {
  const along = new Uint8Array(width * height);
  const near = new Uint8Array(width * height);
  const spread = (from: (i: number) => boolean, to: Uint8Array, step: number, length: number, start: number) => {
    for (let k = 0, last = -REACH - 1; k < length; k++) {
      if (from(start + k * step)) last = k;
      if (k - last <= REACH) to[start + k * step] = 1;
    }
    for (let k = length - 1, last = length + REACH; k >= 0; k--) {
      if (from(start + k * step)) last = k;
      if (last - k <= REACH) to[start + k * step] = 1;
    }
  };
  for (let y = 0; y < height; y++) spread((i) => data[i * 4 + 3]! > SOMETHING, along, 1, width, y * width);
  for (let x = 0; x < width; x++) spread((i) => along[i] === 1, near, width, height, x);
  return near;
}
