import { writeFile } from 'node:fs/promises';
import { encode } from 'fast-png';
import { drawCharacter } from './drawing/character.ts';
import { drawMask } from './mask.ts';
import { rasterize } from './rasterize.ts';

const folder = new URL('../', import.meta.url);
const square = { width: 512, height: 512, depth: 8 } as const;
const svg = drawCharacter();
await writeFile(new URL('character.svg', folder), svg);
await writeFile(new URL('character.png', folder), encode({ ...square, channels: 4, data: rasterize(svg) }));
await writeFile(new URL('face_mask.png', folder), encode({ ...square, channels: 3, data: drawMask() }));
