import { Command, InvalidArgumentError } from 'commander';

/** The command line, read. */
export interface Arguments {
  readonly character: string | null;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly only: readonly string[];
  readonly rounds: number;
  /** What a contestant's frames may take in all before it stays out of further rounds, seconds. */
  readonly budget: number;
  readonly quick: boolean;
  /** A motion in small steps instead of another random pose in each round. */
  readonly motion: boolean;
  readonly save: boolean;
}

const ROUNDS = 7;
const QUICK_ROUNDS = 3;
const BUDGET_SECONDS = 60;

/** Reads the arguments alone, without `node` and the program's path. Ends the process for `--help` and mistakes. */
export function readArguments(argv: readonly string[]): Arguments {
  const command = new Command('bench')
    .description('Measures ms per frame of every runtime against other engines, in Node and in headless Chromium.')
    .argument('[CHARACTER]', 'a character in any form; without it, a synthetic one of the same size')
    .option('--json', 'print one JSON array of rows, and everything else to stderr', false)
    .option('--markdown', 'print the tables as docs/performance.md has them', false)
    .option('--only <NAMES>', 'comma-separated parts of names, e.g. "node ours,onnxruntime"', list, [])
    .option('--rounds <N>', `frames of each contestant (default: ${ROUNDS}, quick ${QUICK_ROUNDS})`, count)
    .option('--budget <S>', 'seconds that frames of a contestant may take in all', count, BUDGET_SECONDS)
    .option('--quick', 'leave out the slow contestants', false)
    .option('--motion', 'paint a motion in small steps, not another random pose in each round', false)
    .option('--save', "append the rows to this machine's file in bench/results", false);
  command.parse([...argv], { from: 'user' });
  const options = command.opts<Omit<Arguments, 'character' | 'rounds'> & { rounds?: number }>();
  const rounds = options.rounds ?? (options.quick ? QUICK_ROUNDS : ROUNDS);
  return { ...options, rounds, character: command.args[0] ?? null };
}

function list(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function count(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('expected a whole number from 1 to 9999.');
}
