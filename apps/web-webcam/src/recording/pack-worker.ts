import type { RgbaImage } from '@tha4/core';
import { expose, transfer } from 'comlink';
import { createPacker, type FramePacker, type PackedFormat } from './pack-frames.ts';

let packer: FramePacker;

const packing = {
  begin: (format: PackedFormat): void => {
    packer = createPacker(format);
  },
  add: (frame: RgbaImage): void => packer.add(frame),
  finish: (): Uint8Array => {
    const bytes = packer.finish();
    return transfer(bytes, [bytes.buffer]);
  },
};

export type Packing = typeof packing;

expose(packing);
