import { encodePng } from '@tha4/core';
import { make } from './elements.ts';
import type { Stage } from './stage.ts';

/** Saves the newest frame as a PNG with alpha. A canvas's own `toBlob` would lose colour under soft edges. */
export async function savePng(stage: Stage): Promise<void> {
  const png = encodePng(await stage.snapshot());
  const blob = new Blob([png as Uint8Array<ArrayBuffer>], { type: 'image/png' });
  saveFile(blob, `${fileName(stage.character?.manifest.name ?? '')}.png`);
}

/** Gives a file to the user, as a download. */
export function saveFile(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** A name that every file system takes. */
export function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^[._]+/, '') || 'character';
}
