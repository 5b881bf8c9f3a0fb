// What the measuring page of web-manual shares with the bench. Nothing in here needs Node.
export { gpuName } from './browser/gpu-name.ts';
export { tilesToPaint } from './character/painted-share.ts';
export { syntheticCharacter } from './character/synthetic-character.ts';
export { conduct, type Player } from './conduct.ts';
export type { Contestant, Engine } from './contestants/contestant.ts';
export { GPU_CONTROL } from './contestants/contestants.ts';
export { engineWork } from './contestants/engine-work.ts';
export { roundPoses } from './poses.ts';
export { CSV_HEADER, csvLines } from './report/csv.ts';
export { markdownText } from './report/markdown.ts';
export { makeRows, type Row } from './report/row.ts';
export { type Absence, milliseconds } from './report/table.ts';
export type { Seat } from './seat.ts';
