import { type Command, Option } from 'commander';
import { readOrigin } from '../bridge/bridge-options.ts';
import { UsageError } from '../errors.ts';
import type { Ask, Reporter } from '../io.ts';
import { type GlobalOptions, number, threadsOption } from '../options.ts';
import { compareText } from '../output/compare-text.ts';
import { exportOnnxText } from '../output/export-onnx-text.ts';
import { COMPARE_HELP, EXPORT_ONNX_HELP, SERVE_HELP, WEIGHTS_HELP } from '../output/official-help.ts';
import type { Style } from '../output/style.ts';
import { fetchText, weightsStatusText } from '../output/weights-text.ts';
import { parseColour } from '../render/background.ts';
import { checkThreads, defaultThreads } from '../render/node-threads.ts';
import { type OfficialOptions, officialOptions, officialSettings } from '../teacher/teacher-options.ts';
import { compare } from './compare.ts';
import { exportOnnx } from './export-onnx.ts';
import { fetchSystem } from './fetch-weights.ts';
import { DEFAULT_PORT, serve } from './serve.ts';
import { weightsStatus } from './weights-status.ts';

/** What a command of this file prints with. */
export interface Printing {
  readonly reporter: (command: Command) => Reporter;
  readonly finish: <T extends object>(command: Command, result: T, text: (result: T, style: Style) => string) => void;
  readonly ask: Ask | null;
}

interface CompareOptions extends GlobalOptions, OfficialOptions {
  readonly picture?: string;
  readonly poses?: string;
  readonly count: number;
  readonly out: string;
  readonly background: string;
  readonly threads?: number;
  readonly force?: boolean;
}

interface ServeOptions extends GlobalOptions, OfficialOptions {
  readonly teacher?: string;
  readonly mask?: string;
  readonly port: number;
  readonly allowOrigin: readonly string[];
  readonly threads?: number;
}

interface FetchOptions extends GlobalOptions {
  readonly acceptLicence?: boolean;
  readonly from?: string;
  readonly to?: string;
}

/** Adds the commands around the published teachers: weights, compare, export-onnx, serve. */
export function addOfficialCommands(program: Command, { reporter, finish, ask }: Printing): void {
  const weights = program
    .command('weights')
    .summary('say which teacher weights are here, or fetch them')
    .description('Says where the weights of tha4 and tha3 are, and under which licence.')
    .helpCommand(false)
    .addHelpText('after', WEIGHTS_HELP)
    .action(async (_: GlobalOptions, command: Command) => {
      finish(command, await weightsStatus(), weightsStatusText);
    });
  weights
    .command('fetch')
    .summary("download a teacher's weights from their author")
    .description("Shows the licence of a teacher's weights, asks, downloads them from their author, and checks them.")
    .argument('<system>', 'tha4 or tha3')
    .option('--accept-licence', 'you have read the licence, and accept it')
    .option('--from <url>', "another address of the same archive (default: the author's)")
    .option('--to <folder>', 'where they are put (default: the folder of the user for data)')
    .action(async (system: string, options: FetchOptions, command: Command) => {
      const { acceptLicence = false, from = null, to = null } = options;
      finish(
        command,
        await fetchSystem({ system, from, to, accept: acceptLicence }, ask, reporter(command)),
        fetchText,
      );
    });

  officialOptions(program.command('compare'))
    .summary('paint the same poses by two teachers, or a teacher and a student')
    .description('Paints the same poses twice, and writes both, their difference, PSNR and SSIM on one sheet (a PNG).')
    .argument('<a>', 'puppet, tha4, tha3, tha3-separable, student:FILE, or a character of any form')
    .argument('<b>', 'the same; what is measured against A')
    .option('--picture <file>', 'what teachers pose, a .png or a character (default: that of the character)')
    .option('--poses <file>', 'a JSON file of poses (default: held-out ones)')
    .option('--count <number>', 'how many held-out poses', number, 8)
    .option('--out <file>', 'the sheet, a .png', 'compare.png')
    .option('--background <colour>', '#rrggbb, white, black, green, ...', '#c8c8c8')
    .addOption(threadsOption())
    .option('--force', 'replace a file of another kind')
    .addHelpText('after', COMPARE_HELP)
    .action(async (a: string, b: string, options: CompareOptions, command: Command) => {
      const { picture = null, poses = null, count, out, force = false } = options;
      if (!(Number.isInteger(count) && count >= 1 && count <= 64)) {
        throw new UsageError(`--count: expected a whole number from 1 to 64, got ${count}`);
      }
      const background = parseColour(options.background);
      if (background === null) throw new UsageError('--background: expected a colour, got transparent');
      const threads = threadCount(options);
      const official = officialSettings(options, threads);
      const config = { a, b, picture, poses, count, out, background, official, threads, force };
      finish(command, await compare(config, reporter(command)), compareText);
    });

  program
    .command('export-onnx')
    .summary('write a teacher or a character as ONNX files')
    .description("Writes a teacher's networks, or a character's graphs, as ONNX files (opset 17) for other runtimes.")
    .argument('<from>', 'tha4, tha3, tha3-separable, or a character of any form')
    .argument('<to>', 'a folder')
    .option('--weights <path>', "folder or zip with the teacher's weights")
    .option('--batch <number>', "pictures and poses in a batch of a teacher's graphs", number, 1)
    .option('--force', 'write into folders that are not empty')
    .addHelpText('after', EXPORT_ONNX_HELP)
    .action(async (from: string, to: string, options: ExportOptions, command: Command) => {
      const { weights: path = null, batch, force = false } = options;
      if (!(Number.isInteger(batch) && batch >= 1 && batch <= 64)) {
        throw new UsageError(`--batch: expected a whole number from 1 to 64, got ${batch}`);
      }
      finish(command, await exportOnnx({ from, to, weights: path, batch, force }, reporter(command)), exportOnnxText);
    });

  officialOptions(program.command('serve'))
    .summary('paint for pages on this machine')
    .description('Paints for pages on this machine: poses come in over a WebSocket on 127.0.0.1, frames go out.')
    .argument('<picture>', 'a .png that keeps the rules for pictures, or a character of any form')
    .option('--teacher <teacher>', 'puppet, student:FILE, tha4, tha3 or tha3-separable', 'tha4')
    .option('--mask <file>', 'face mask for the puppet (default: found in the picture)')
    .option('--port <number>', 'where it listens', number, DEFAULT_PORT)
    .addOption(
      new Option(
        '--allow-origin <origin>',
        'a further page that may connect, as https://example.org, or file; may be repeated',
      )
        .argParser((origin: string, before: readonly string[]) => [...before, origin])
        .default([], 'none'),
    )
    .addOption(threadsOption())
    .addHelpText('after', SERVE_HELP)
    .action(async (input: string, options: ServeOptions, command: Command) => {
      const { teacher = null, mask = null, port, allowOrigin: origins } = options;
      const threads = threadCount(options);
      const official = officialSettings(options, threads);
      const config = { input, teacher, mask, official, port, origins: origins.map(readOrigin), threads };
      finish(command, await serve(config, reporter(command)), ({ port: used }) => `Served on port ${used}.\n`);
    });
}

interface ExportOptions extends GlobalOptions {
  readonly weights?: string;
  readonly batch: number;
  readonly force?: boolean;
}

function threadCount({ threads }: { readonly threads?: number }): number {
  return threads === undefined ? defaultThreads() : checkThreads(threads);
}
