import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import { type BridgeOptions, bridgeConfig } from './bridge/bridge-options.ts';
import { bridge } from './commands/bridge.ts';
import type { Io, Reporter } from './io.ts';
import { type GlobalOptions, list } from './options.ts';
import { bridgeDisplay, bridgeReadyText, bridgeText } from './output/bridge-text.ts';
import { BRIDGE_HELP } from './output/help.ts';
import type { Style } from './output/style.ts';

/** What the program lends its commands. */
export interface CommandTools {
  readonly io: Io;
  /** Prints a command's result, as text or JSON. */
  readonly finish: <T extends object>(command: Command, result: T, text: (result: T, style: Style) => string) => void;
  readonly reporter: (command: Command) => Reporter;
}

/** Arguments of `tha4 bridge`. */
export function addBridgeCommand(program: Command, { io, finish, reporter }: CommandTools): void {
  program
    .command('bridge')
    .summary('let phones and trackers drive a character in a page')
    .description('Receives what trackers see, turns it into poses, and serves them to pages. Ctrl-C ends it.')
    .option('--listen <trackers>', 'which, with =PORT for other ports (default: all on their usual ones)', list)
    .option('--phone <app=address>', 'a phone to ask: ifacialmocap, facemotion3d or vtube-studio', list)
    .option('--tcp', 'have ifacialmocap and facemotion3d send by TCP')
    .option('--tcp-port <number>', 'where they connect to (default: 49986)')
    .option('--from <addresses>', 'other computers that may send', list)
    .option('--port <number>', 'where pages connect to (default: 39545)')
    .option('--host <address>', 'the interface for pages; any but this computer needs a token', '127.0.0.1')
    .option('--token <text>', 'what pages have to know (default with another --host: a new one)')
    .option('--allow-origin <origins>', 'other pages that may connect, or file for pages from files', list)
    .option('--fps <number>', 'poses a second (default: 60)')
    .option('--no-mirror', "do not move like a mirror: your left is the character's left")
    .option('--vts [address:port]', 'take what VTube Studio on a computer tracks (default: this one, 8001)')
    .option('--vts-token <text>', 'what VTube Studio gave us before')
    .option('--send-vmc <address:port>', 'send the poses on by VMC, too')
    .addHelpText('after', BRIDGE_HELP)
    .action(async (options: BridgeOptions, command: Command) => {
      const config = bridgeConfig(options, () => randomBytes(16).toString('base64url'));
      const { json: asJson, quiet } = command.optsWithGlobals<GlobalOptions>();
      const display = quiet || asJson ? null : bridgeDisplay(io);
      const plain = reporter(command);
      const event = (value: object) => io.out(`${JSON.stringify({ event: value })}\n`);
      const result = await bridge(config, {
        ...plain,
        note: (line) => {
          display?.stop();
          plain.note(line);
        },
        ready: (ready) => (asJson ? event({ type: 'ready', ...ready }) : io.out(`${bridgeReadyText(ready)}\n`)),
        status: (status, pages) => (asJson ? event({ ...status, pages }) : display?.status(status, pages)),
      });
      display?.stop();
      finish(command, result, bridgeText);
    });
}
