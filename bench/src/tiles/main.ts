// `pnpm --filter bench tiles CHARACTER...`: what frames paint where tiles are left out, and what that costs.
import { basename, resolve } from 'node:path';
import { type Character, modelToImage } from '@tha4/core';
import { createWasmStudent } from '@tha4/student/wasm';
import { openCharacter } from '../character/open-character.ts';
import { tilesToPaint } from '../character/painted-share.ts';
import { shareOf } from '../character/painted-tiles.ts';
import { surveyed } from '../character/survey.ts';
import { motionPoses, type PoseOfRound, roundPoses } from '../poses.ts';

/** Frames of each kind that count; one more comes before them. */
const FRAMES = 60;

/** What was seen over some frames. */
interface Seen {
  readonly share: number;
  /** Frames in which any byte of alpha is another one, pixels of all of these, and by how much at most. */
  readonly frames: number;
  readonly pixels: number;
  readonly worst: number;
}

async function compare(character: Character, pose: PoseOfRound): Promise<Seen> {
  const size = character.image.width;
  const [whole, culled] = [await createWasmStudent(character, { cull: false }), await createWasmStudent(character)];
  const shares: number[] = [];
  const off: { pixels: number; worst: number }[] = [];
  for (let round = 0; round <= FRAMES; round++) {
    const values = Float32Array.from(pose(round));
    const [right, found] = [whole, culled].map((student) => modelToImage(student.paint(values), size, size).data);
    if (round === 0) continue;
    shares.push(culled.paintedShare);
    let [pixels, worst] = [0, 0];
    for (let at = 3; at < right!.length; at += 4) {
      const by = Math.abs(right![at]! - found![at]!);
      if (by > 0) pixels++;
      worst = Math.max(worst, by);
    }
    off.push({ pixels, worst });
  }
  return {
    share: shares.reduce((sum, share) => sum + share, 0) / shares.length,
    frames: off.filter(({ pixels }) => pixels > 0).length,
    pixels: off.reduce((sum, { pixels }) => sum + pixels, 0),
    worst: Math.max(...off.map(({ worst }) => worst)),
  };
}

const text = ({ share, frames, pixels, worst }: Seen): string =>
  `${(share * 100).toFixed(1)} % | ${pixels === 0 ? 'nothing' : `${pixels} in ${frames}, by ${worst}`}`;

console.log('| character | map and band | random poses | other pixels | motion | other pixels |');
console.log('| --- | --- | --- | --- | --- | --- |');
for (const path of process.argv.slice(2)) {
  const character = await surveyed(await openCharacter(resolve(process.env.INIT_CWD ?? '.', path)), (line) =>
    console.error(line),
  );
  const map = `${(shareOf(tilesToPaint(character)) * 100).toFixed(1)} %`;
  const seen = [await compare(character, roundPoses()), await compare(character, motionPoses())];
  console.log(`| ${basename(path)} | ${map} | ${seen.map(text).join(' | ')} |`);
}
