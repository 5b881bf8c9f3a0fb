import { resolve } from 'node:path';
import { type CharacterQuality, encodePng, writeCharacter } from '@tha4/core';
import type { Distilled, Fingerprint } from '@tha4/teacher/distill';
import { LIVE_SCRIPT } from '@tha4/teacher/report';
import { FileError } from '../errors.ts';
import type { RunFolder } from '../files/run-folder.ts';
import { type DistillConfig, fileName } from './distill-options.ts';
import { proofPicture } from './distill-proof.ts';
import { REPORT, type RunReport } from './distill-report.ts';

export interface DistillResult {
  readonly command: 'distill';
  readonly name: string;
  /** Paths. */
  readonly file: string;
  readonly report: string;
  readonly proofs: readonly string[];
  readonly bytes: number;
  readonly quality: CharacterQuality;
  readonly seconds: number;
  readonly plateau: boolean;
  /** Whether the result of a former run was still there. */
  readonly reused: boolean;
}

const PROOF = 'proof.png';
const COMPARISON = 'comparison.png';

/** Names of the files that a run writes, beside its state. */
export function resultNames({ name }: DistillConfig): string[] {
  return [`${fileName(name)}.tha`, REPORT, LIVE_SCRIPT, PROOF, COMPARISON];
}

/** The files of a finished run; its state goes last. */
export async function writeResult(
  distilled: Distilled,
  folder: RunFolder,
  config: DistillConfig,
  report: RunReport,
  fingerprint: Fingerprint,
  clearState: () => Promise<void>,
): Promise<DistillResult> {
  const { character, heldOut, compare, status } = distilled;
  const name = `${fileName(config.name)}.tha`;
  const bytes = writeCharacter(character, 'I16');
  try {
    await folder.put(name, bytes);
    await folder.put(PROOF, await proofPicture(character, { engine: 'auto', threads: 1 }));
    await folder.put(COMPARISON, encodePng((await compare(heldOut.slice(0, 1)))[0]!));
    await report.finish(distilled, bytes, `npx -y pnpm@10 quickstart ${resolve(folder.at(name))}`);
    const result: DistillResult = {
      command: 'distill',
      name: config.name,
      file: folder.at(name),
      report: report.path,
      proofs: [folder.at(PROOF), folder.at(COMPARISON)],
      bytes: bytes.length,
      quality: character.manifest.quality!,
      seconds: Math.round(status.seconds),
      plateau: status.plateau,
      reused: false,
    };
    const { budgetSeconds } = config;
    await folder.write({ format: 'tha4-run', version: 1, state: 'done', fingerprint, budgetSeconds, result });
    await clearState();
    return result;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new FileError(`${error.message}\nThe training is done and saved: the same command writes the files again.`, {
      cause: error,
    });
  }
}
