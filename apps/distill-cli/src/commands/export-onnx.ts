import { join } from 'node:path';
import { type RecordNetworkOptions, recordNetwork } from '@tha4/core/onnx';
import { readSystem, systemOf } from '@tha4/teacher/official';
import { isSystemName, locateWeights, SYSTEMS, type SystemName } from '@tha4/teacher/weights';
import { InterruptedError, UsageError } from '../errors.ts';
import { guardFolder } from '../files/guard-output.ts';
import { writeAtomic } from '../files/write-atomic.ts';
import type { Reporter } from '../io.ts';
import { convert } from './convert.ts';

export interface ExportOnnxConfig {
  /** A teacher's name, or a character of any form. */
  readonly from: string;
  /** Folder. */
  readonly to: string;
  readonly weights: string | null;
  /** Pictures and poses in a batch of a teacher's graphs. */
  readonly batch: number;
  readonly force: boolean;
}

export interface ExportOnnxResult {
  readonly command: 'export-onnx';
  readonly name: string;
  readonly to: string;
  readonly licence: string | null;
  readonly files: readonly { readonly name: string; readonly bytes: number }[];
}

/** Writes the networks of a teacher, or the graphs of a character, as ONNX files for other runtimes. */
export async function exportOnnx(config: ExportOnnxConfig, reporter: Reporter): Promise<ExportOnnxResult> {
  if (/\.\w{2,5}$/.test(config.to)) {
    throw new UsageError(`export-onnx: expected a folder to write into, got ${config.to}; TO gets several files`);
  }
  return isSystemName(config.from) ? exportTeacher(config.from, config, reporter) : exportCharacter(config, reporter);
}

async function exportTeacher(
  name: SystemName,
  { to, weights: given, batch, force }: ExportOnnxConfig,
  reporter: Reporter,
): Promise<ExportOnnxResult> {
  const facts = SYSTEMS[name];
  const { networks } = systemOf(name);
  const names = networks.map((network) => `${network.name}.onnx`);
  const located = await locateWeights(name, given);
  await guardFolder(to, { names, isOurs: (file) => names.includes(file), mark: null }, [], force);
  const { weights, checksums } = await readSystem(located);
  const progress = reporter.progress('Recording', networks.length);
  const files: { readonly name: string; readonly bytes: number }[] = [];
  try {
    for (const network of networks) {
      if (reporter.signal.aborted)
        throw new InterruptedError(`Stopped after ${files.length} of ${networks.length} files.`);
      const metadata = new Map([
        ['author', 'Pramook Khungurn'],
        ['licence', `${facts.licence} (${facts.licenceUrl})`],
        ['source', facts.page],
        ['sha256', checksums.get(network.name)!],
      ]);
      const options: RecordNetworkOptions = { batch, metadata };
      const bytes = recordNetwork(network, weights.get(network.name)!, options);
      await writeAtomic(join(to, `${network.name}.onnx`), bytes);
      files.push({ name: `${network.name}.onnx`, bytes: bytes.length });
      progress.step();
    }
  } finally {
    progress.stop();
  }
  return { command: 'export-onnx', name, to, licence: facts.licence, files };
}

/** A character's graphs are one of the forms that `convert` writes. */
async function exportCharacter({ from, to, force }: ExportOnnxConfig, reporter: Reporter): Promise<ExportOnnxResult> {
  const painter = { engine: 'auto', threads: 1 } as const;
  const convertConfig = {
    from,
    to,
    form: 'onnx',
    packing: null,
    survey: false,
    measure: false,
    painter,
    force,
  } as const;
  const result = await convert(convertConfig, reporter);
  return { command: 'export-onnx', name: from, to, licence: null, files: result.to.files };
}
