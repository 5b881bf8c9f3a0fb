import { readFileSync } from 'node:fs';
import { STUDENT_SHAPES } from '@tha4/teacher/distill';
import { RECIPES } from '@tha4/teacher/training';
import { Command, CommanderError, Option } from 'commander';
import { addBridgeCommand } from './bridge-command.ts';
import { check } from './commands/check.ts';
import { convert } from './commands/convert.ts';
import { distill } from './commands/distill.ts';
import { BACKENDS, type DistillOptions, distillConfig } from './commands/distill-options.ts';
import { info } from './commands/info.ts';
import { pose } from './commands/pose.ts';
import { prepare } from './commands/prepare.ts';
import { sheet } from './commands/sheet.ts';
import { UsageError } from './errors.ts';
import { FORMS } from './files/target.ts';
import type { Io, Reporter } from './io.ts';
import {
  box,
  type ConvertOptions,
  DTYPES,
  type EngineOptions,
  engineChoice,
  engineOption,
  type GlobalOptions,
  number,
  type PoseOptions,
  type PrepareOptions,
  type SheetOptions,
  threadsOption,
} from './options.ts';
import { checkText } from './output/check-text.ts';
import { convertText } from './output/convert-text.ts';
import { distillDisplay } from './output/distill-progress.ts';
import { distillText } from './output/distill-text.ts';
import { errorText, reportError } from './output/error-text.ts';
import {
  CHECK_HELP,
  CONVERT_HELP,
  DISTILL_HELP,
  INFO_HELP,
  POSE_HELP,
  PREPARE_HELP,
  PROGRAM_HELP,
  SHEET_HELP,
} from './output/help.ts';
import { infoText } from './output/info-text.ts';
import { poseText } from './output/pose-text.ts';
import { prepareText } from './output/prepare-text.ts';
import { startProgress } from './output/progress.ts';
import { sheetText } from './output/sheet-text.ts';
import { type Style, style } from './output/style.ts';
import { checkFps } from './render/animation.ts';
import { parseColour } from './render/background.ts';
import { checkThreads, defaultThreads } from './render/node-threads.ts';

const GLOBAL_FLAGS: readonly string[] = ['--json', '--quiet', '--debug'];

/**
 * Runs one command line.
 *
 * @param argv the arguments alone, without `node` and the program's path
 * @returns the exit code: 0 ok, 1 the input is bad or a check failed, 2 wrong usage, 130 Ctrl-C
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const json = argv.includes('--json');
  const debug = argv.includes('--debug');
  let exitCode = 0;
  try {
    const program = buildProgram(io, (code) => (exitCode = code));
    // Somebody who types the bare name wants to know what there is.
    if (argv.every((argument) => argument.startsWith('--') && GLOBAL_FLAGS.includes(argument))) program.outputHelp();
    else await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    // Help and the version are printed already, and no errors.
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const report = reportError(error instanceof CommanderError ? usageError(error) : error);
    if (json) io.out(`${JSON.stringify({ error: { name: report.name, message: report.message } })}\n`);
    else io.err(errorText(report, error, debug, style(io.colour)));
    return report.exitCode;
  }
}

function buildProgram(io: Io, setExitCode: (code: number) => void): Command {
  const program = new Command('tha4')
    .description(
      'Distils pictures into Talking Head(?) Anime 4 characters; prepares, looks at, converts, poses and checks.',
    )
    .version(version(), '--version', 'print the version')
    .option('--json', 'print the result as one JSON object, for programs')
    .option('--quiet', 'print no progress and no notes')
    .option('--debug', 'print where an error came from')
    .helpOption('-h, --help', 'explain the program, or a command')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => {} }) // `run` prints errors
    .showHelpAfterError(false)
    .exitOverride()
    .addHelpText('after', PROGRAM_HELP);

  program
    .command('distill')
    .summary('turn a picture into a character')
    .description('Trains a small student to move a picture as a teacher does. Without a picture: the demo character.')
    .argument('[picture]', 'a PNG of 512x512 pixels with a transparent background')
    .option('--teacher <teacher>', 'who shows how it moves: puppet, or student:FILE (an existing character)', 'puppet')
    .addOption(new Option('--recipe <name>', 'how it is trained').choices(Object.keys(RECIPES)).default('draft'))
    .addOption(
      new Option('--student <shape>', "its size, lite for phones (default: the recipe's)").choices(
        Object.keys(STUDENT_SHAPES),
      ),
    )
    .option('--mask <file>', 'a PNG, white where brows, eyes, mouth and jaw move (default: found in the picture)')
    .option('--out <folder>', 'where everything is written (default: out/NAME)')
    .option('--name <name>', "the character's name (default: that of the picture)")
    .option('--author <name>', 'who drew the picture; kept in the character')
    .option('--licence <text>', 'what may be done with it; kept in the character')
    .option('--time <time>', 'time for everything, e.g. 90s, 10m, 1h30m (default: as much as the recipe says)')
    .option('--work <part>', "a part of the recipe's work, e.g. 5%, the same on every machine (instead of --time)")
    .option('--seed <number>', 'another one gives another character (default: 0)', number)
    .option('--poses <file>', "poses to train with, a .pt (the original's pose_dataset.pt)")
    .option('--config <file>', "the YAML file of the original's distiller")
    .addOption(new Option('--backend <name>', 'what trains').choices(BACKENDS).default('auto'))
    .addOption(threadsOption())
    .option('--resume', 'only go on with a run that was stopped (without it, that happens where there is one)')
    .option('--force', 'begin afresh, and write into a folder that is not empty')
    .addHelpText('after', DISTILL_HELP)
    .action(async (picture: string | undefined, options: DistillOptions, command: Command) => {
      const threads = options.threads === undefined ? defaultThreads() : checkThreads(options.threads);
      const config = await distillConfig(picture, options);
      const { json: asJson, quiet } = command.optsWithGlobals<GlobalOptions>();
      const display = quiet || asJson ? null : distillDisplay(io);
      const plain = reporter(command);
      try {
        const result = await distill(config, threads, {
          ...plain,
          note: display === null ? plain.note : display.note,
          event: asJson ? (event) => io.out(`${JSON.stringify({ event })}\n`) : (event) => display?.event(event),
        });
        display?.stop();
        finish(command, result, distillText);
      } finally {
        display?.stop();
      }
    });

  program
    .command('info')
    .summary('say what a file or folder is')
    .description('Says what a file or folder is: a character of any form, weights, a graph or a picture.')
    .argument('<file>', '.tha, .zip, folder, entry file, .pt, .safetensors, .onnx or .png')
    .addHelpText('after', INFO_HELP)
    .action(async (file: string, _: GlobalOptions, command: Command) => {
      finish(command, await info({ file }), infoText);
    });

  program
    .command('convert')
    .summary('turn a character into another form')
    .description('Turns a character into another form. The ending of TO decides which.')
    .argument('<from>', 'a character of any form, or a single .pt or .safetensors')
    .argument('<to>', '.tha, .zip, folder/, .onnx; for single weights .pt or .safetensors')
    .addOption(new Option('--to <form>', 'what to write into a folder/ or .zip').choices(FORMS))
    .addOption(
      new Option('--dtype <type>', 'how weights are kept (default: int16 in .tha, see below)').choices(
        Object.keys(DTYPES),
      ),
    )
    .addOption(
      new Option('--size <size>', 'small: under 0.55 MB of weights, in widths found by measuring')
        .choices(['small'])
        .conflicts('dtype'),
    )
    .option('--no-survey', 'do not look where the character can be seen (it then paints slower)')
    .addOption(engineOption())
    .addOption(threadsOption())
    .option('--no-measure', 'do not measure what rounded weights change in the picture')
    .option('--force', 'replace files of another kind, write into folders that are not empty')
    .addHelpText('after', CONVERT_HELP)
    .action(async (from: string, to: string, options: ConvertOptions, command: Command) => {
      const { measure, survey, force = false } = options;
      const dtype = options.dtype === undefined ? null : DTYPES[options.dtype]!;
      const painter = engineChoice(options);
      const wanted = options.size ?? dtype;
      const config = { from, to, form: options.to ?? null, packing: wanted, survey, measure, painter, force };
      finish(command, await convert(config, reporter(command)), convertText);
    });

  program
    .command('pose')
    .summary('paint a character in a pose, or a sequence')
    .description('Paints a character in one pose (a PNG), or in a sequence of poses (PNGs in a folder, or a WebP).')
    .argument('<character>', 'a character of any form')
    .addOption(new Option('--pose <pose>', 'a preset, name=value,..., or a JSON file').conflicts('poses'))
    .addOption(new Option('--poses <file>', 'a JSON file of many poses'))
    .requiredOption('--out <file>', '.png for one pose; folder/ or .webp for many')
    .option('--fps <number>', 'frames a second of a .webp (default: 24, or what the file of poses says)', number)
    .option('--background <colour>', '#rrggbb, white, black, green, ...', 'transparent')
    .addOption(engineOption())
    .addOption(threadsOption())
    .option('--force', 'replace files of another kind, write into folders that are not empty')
    .addHelpText('after', POSE_HELP)
    .action(async (character: string, options: PoseOptions, command: Command) => {
      const { out, force = false } = options;
      if (options.pose === undefined && options.poses === undefined) {
        throw new UsageError('pose: expected --pose or --poses, got neither; try --pose smile');
      }
      const config = {
        character,
        pose: options.pose ?? null,
        poses: options.poses ?? null,
        out,
        fps: options.fps === undefined ? null : checkFps(options.fps),
        background: parseColour(options.background),
        painter: engineChoice(options),
        force,
      };
      finish(command, await pose(config, reporter(command)), poseText);
    });

  program
    .command('sheet')
    .summary('show a picture or character in every pose')
    .description('Shows every parameter at its extremes on one labelled sheet (a PNG), to look at.')
    .argument('<picture>', 'a .png that keeps the rules for pictures, or a character of any form')
    .option('--mask <file>', 'face mask for the puppet (default: found in the picture)')
    .option('--teacher <teacher>', 'puppet, or student:FILE (default: puppet; for a character its own student)')
    .option('--out <file>', 'the sheet, a .png', 'sheet.png')
    .option('--background <colour>', '#rrggbb, white, black, green, ...', '#c8c8c8')
    .addOption(threadsOption())
    .option('--force', 'replace a file of another kind')
    .addHelpText('after', SHEET_HELP)
    .action(async (input: string, options: SheetOptions, command: Command) => {
      const { mask = null, teacher = null, out, force = false } = options;
      const background = parseColour(options.background);
      if (background === null) throw new UsageError('--background: expected a colour, got transparent');
      const { threads } = engineChoice({ ...options, engine: 'wasm' });
      const config = { input, mask, teacher, out, background, threads, force };
      finish(command, await sheet(config, reporter(command)), sheetText);
    });

  program
    .command('check')
    .summary('test whether a character is sound')
    .description('Reads a character strictly, paints it at rest, and weighs it. Exit code 1 where it is not sound.')
    .argument('<character>', 'a character of any form')
    .addOption(engineOption())
    .addOption(threadsOption())
    .addHelpText('after', CHECK_HELP)
    .action(async (character: string, options: EngineOptions, command: Command) => {
      const result = await check({ character, painter: engineChoice(options) }, reporter(command));
      finish(command, result, checkText);
      setExitCode(result.ok ? 0 : 1);
    });

  program
    .command('prepare')
    .summary('make a picture ready for training')
    .description('Checks a picture, mends what it can, and finds the face mask. Exit code 1 where it cannot be used.')
    .argument('<picture>', 'PNG, JPEG, WebP, GIF, TIFF, AVIF or SVG')
    .requiredOption('--out <folder>', 'where character.png, face_mask.png, overlay.png and report.json go')
    .addOption(new Option('--head <x,y,w,h>', 'where the head is in the picture, skull to chin').argParser(box))
    .option('--mask <file>', 'a mask that you drew over character.png, white where the face moves')
    .addOption(maskBox('--left-eye', "eye and brow of the character's own left").conflicts('mask'))
    .addOption(maskBox('--right-eye', 'eye and brow of its right').conflicts('mask'))
    .addOption(maskBox('--mouth', 'mouth and jaw').conflicts('mask'))
    .option('--force', 'write into folders that are not empty')
    .addHelpText('after', PREPARE_HELP)
    .action(async (picture: string, options: PrepareOptions, command: Command) => {
      const { out, head = null, mask = null, leftEye, rightEye, mouth, force = false } = options;
      const boxes = {
        ...(leftEye === undefined ? {} : { leftEye }),
        ...(rightEye === undefined ? {} : { rightEye }),
        ...(mouth === undefined ? {} : { mouth }),
      };
      const result = await prepare({ picture, out, head, mask, boxes, force }, reporter(command));
      finish(command, result, prepareText);
      setExitCode(result.report.ok ? 0 : 1);
    });

  addBridgeCommand(program, { io, finish, reporter });

  return program;

  function finish<T extends object>(command: Command, result: T, text: (result: T, style: Style) => string): void {
    const { json: asJson } = command.optsWithGlobals<GlobalOptions>();
    io.out(asJson ? `${JSON.stringify(result)}\n` : text(result, style(io.colour)));
  }

  function reporter(command: Command): Reporter {
    const quiet = command.optsWithGlobals<GlobalOptions>().quiet === true;
    return {
      note: (line) => {
        if (!quiet) io.err(`${line}\n`);
      },
      progress: (what, total) =>
        quiet || total < 2 ? { step: () => {}, stop: () => {} } : startProgress(io, what, total),
      signal: io.signal,
    };
  }
}

function maskBox(flag: string, what: string): Option {
  return new Option(`${flag} <x,y,w,h>`, `${what}, in pixels of character.png`).argParser(box);
}

/** commander's words, without its own prefix, and where to read more. */
function usageError({ message }: CommanderError): UsageError {
  const words = message.replace(/^error: /, '').replace(/\.?$/, '');
  return new UsageError(`${words}\nRun 'tha4 --help', or 'tha4 COMMAND --help', to see what there is.`);
}

function version(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
