import cliProgress from 'cli-progress';
import type { Io, Progress } from '../io.ts';
import { humanSeconds } from './human.ts';

/** Between two lines of progress where there is no terminal. */
const LINE_EVERY_MS = 2000;

/** Counts work: a bar on a terminal, a line every two seconds elsewhere; both tell the time left. */
export function startProgress(io: Io, what: string, total: number): Progress {
  return io.errIsTerminal ? bar(what, total) : lines(io, what, total);
}

function bar(what: string, total: number): Progress {
  const start = performance.now();
  let done = 0;
  const drawn = new cliProgress.SingleBar(
    {
      format: `${what} {bar} {value}/{total}{left}`,
      barCompleteChar: '#',
      barIncompleteChar: '.',
      barsize: 28,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      gracefulExit: false, // Ctrl-C ends the sequence, not the bar
    },
    cliProgress.Presets.legacy,
  );
  drawn.start(total, 0, { left: '' });
  return {
    step: () => drawn.update(++done, { left: done < total ? `, ${timeLeft(start, done, total)}` : '' }),
    stop: () => drawn.stop(),
  };
}

function lines(io: Io, what: string, total: number): Progress {
  const start = performance.now();
  let last = start;
  let done = 0;
  return {
    step: () => {
      done++;
      const now = performance.now();
      if (now - last < LINE_EVERY_MS || done === total) return;
      last = now;
      io.err(`${what}: ${done} of ${total}, ${timeLeft(start, done, total)}\n`);
    },
    stop: () => {},
  };
}

function timeLeft(start: number, done: number, total: number): string {
  return `${humanSeconds(((performance.now() - start) / 1000 / done) * (total - done))} left`;
}
