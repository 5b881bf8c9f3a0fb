import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Checkpoint, fromFloat32, writePt, writeZip } from '@tha4/core';
import { SYSTEMS, type SystemName } from '../../src/weights/systems.ts';

/** A checkpoint of one number, which tells files apart. */
export function tinyCheckpoint(value: number): Checkpoint {
  return new Map([['weight', fromFloat32(Float32Array.of(value), [1], 'F32')]]);
}

/** Weight files of a system that are too small to be one, by their path inside an archive. */
export function tinyFiles(system: SystemName, folder: string, first = 0): Map<string, Uint8Array> {
  return new Map(
    SYSTEMS[system].files.map((name, index) => [
      `${folder === '' ? '' : `${folder}/`}${name}.pt`,
      writePt(tinyCheckpoint(first + index)),
    ]),
  );
}

export function writeFiles(root: string, files: ReadonlyMap<string, Uint8Array>): void {
  for (const [name, bytes] of files) {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

export function zipOf(files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  return writeZip(files);
}
