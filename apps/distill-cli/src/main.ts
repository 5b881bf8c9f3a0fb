#!/usr/bin/env node
import { run } from './program.ts';

// The first Ctrl-C ends the work between two frames, the second one at once.
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
// `tha4 info x | head -1`: the reader has had enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
const wanted = FORCE_COLOR !== undefined ? FORCE_COLOR !== '0' : process.stdout.isTTY && TERM !== 'dumb';

process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  errIsTerminal: process.stderr.isTTY === true,
  colour: wanted && !NO_COLOR,
  signal: interrupt.signal,
  ...(process.stdin.isTTY && process.stderr.isTTY && { ask }),
});

async function ask(question: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question, { signal: interrupt.signal });
  } finally {
    lines.close();
  }
}
