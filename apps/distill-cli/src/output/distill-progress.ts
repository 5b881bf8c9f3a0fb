import type { DistillEvent, DistillPhase } from '@tha4/teacher/distill';
import cliProgress from 'cli-progress';
import type { Io } from '../io.ts';
import { counted, humanSeconds } from './human.ts';

/** Between two lines of progress where there is no terminal. */
const LINE_EVERY_MS = 10_000;

const PHASES: Readonly<Record<DistillPhase, string>> = {
  frames: 'Asking the teacher',
  training: 'Training',
  survey: 'Looking where it can be seen',
  measuring: 'Measuring',
  writing: 'Writing',
};

/** Shows a run to a person: a bar on a terminal, lines elsewhere. */
export interface DistillDisplay {
  readonly event: (event: DistillEvent) => void;
  /** A line between two drawings of the bar. */
  readonly note: (line: string) => void;
  readonly stop: () => void;
}

export function distillDisplay(io: Io): DistillDisplay {
  return io.errIsTerminal ? barDisplay(io) : lineDisplay(io);
}

/** What stands beside the bar while it trains; quality is that of the last measurement. */
interface Latest {
  psnr: number | null;
  facePsnr: number | null;
}

function lineDisplay(io: Io): DistillDisplay {
  const latest: Latest = { psnr: null, facePsnr: null };
  let last = 0;
  const note = (line: string): void => io.err(`${line}\n`);
  return {
    note,
    stop: () => {},
    event: (event) => {
      const line = plainLine(event, latest);
      if (line !== null) note(line);
      const bar = barState(event, latest);
      if (bar === null || performance.now() - last < LINE_EVERY_MS) return;
      last = performance.now();
      note(`${bar.what}: ${Math.floor((100 * bar.done) / bar.total)}%${bar.beside}`);
    },
  };
}

function barDisplay(io: Io): DistillDisplay {
  const latest: Latest = { psnr: null, facePsnr: null };
  let bar: cliProgress.SingleBar | null = null;
  let shown = '';
  const stop = (): void => {
    bar?.stop();
    bar = null;
    shown = '';
  };
  const note = (line: string): void => {
    stop();
    io.err(`${line}\n`);
  };
  return {
    note,
    stop,
    event: (event) => {
      const line = plainLine(event, latest);
      if (line !== null) note(line);
      const state = barState(event, latest);
      if (state === null) return;
      if (bar === null || shown !== state.what) {
        stop();
        bar = newBar();
        bar.start(1000, 0, state);
        shown = state.what;
      }
      bar.update(Math.round((1000 * state.done) / state.total), state);
    },
  };
}

function newBar(): cliProgress.SingleBar {
  return new cliProgress.SingleBar(
    {
      format: '{what} {bar} {percentage}%{beside}',
      barCompleteChar: '#',
      barIncompleteChar: '.',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
      gracefulExit: false, // Ctrl-C saves the run first
    },
    cliProgress.Presets.legacy,
  );
}

/** What an event says once. */
function plainLine(event: DistillEvent, latest: Latest): string | null {
  switch (event.type) {
    case 'resumed': {
      const damaged = event.damaged.map((words) => `${words}; the one before is used.\n`).join('');
      return `${damaged}Going on at ${percent(event.progress)}, after ${humanSeconds(event.seconds)}.`;
    }
    case 'plan': {
      const { frames, faceSteps, bodySteps } = event.work;
      const work = `${counted(frames, 'pose')} of the teacher, ${counted(faceSteps, 'update')} of the face, ${counted(bodySteps, 'update')} of the body`;
      const time = event.secondsLeft === null ? '' : `, about ${humanSeconds(event.secondsLeft)}`;
      return `To do from ${percent(event.progress)}: ${work}${time}.`;
    }
    case 'quality':
      Object.assign(latest, { psnr: event.psnr, facePsnr: event.facePsnr });
      return `${percent(event.progress).padStart(4)}: ${decibels(event.psnr)} over the frame, ${decibels(event.facePsnr)} over the face, on held-out poses`;
    case 'plateau':
      return `More training hardly helps: it winds down and ends early, in about ${humanSeconds(event.secondsLeft)}.`;
    case 'unsaved':
      return `The state could not be saved, and is tried again: ${event.message}`;
    case 'note':
      return event.text;
    default:
      return null;
  }
}

interface BarState {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly beside: string;
}

function barState(event: DistillEvent, { psnr, facePsnr }: Latest): BarState | null {
  if (event.type === 'step') {
    const beside = `, ${event.done} of ${event.total}`;
    return { what: PHASES[event.phase], done: event.done, total: event.total, beside };
  }
  if (event.type !== 'progress') return null;
  const { progress, pixelsPerSecond, bodyLoss, secondsLeft } = event;
  const parts = [
    pixelsPerSecond > 0 ? `${(pixelsPerSecond / 1e6).toFixed(2)}M pixels/s` : null,
    bodyLoss === null ? null : `loss ${bodyLoss.toPrecision(3)}`,
    psnr === null || facePsnr === null ? null : `${decibels(psnr)}, face ${decibels(facePsnr)}`,
    secondsLeft === null ? null : `${humanSeconds(secondsLeft)} left`,
  ].filter((part) => part !== null);
  return { what: PHASES.training, done: progress, total: 1, beside: parts.map((part) => `, ${part}`).join('') };
}

function percent(progress: number): string {
  return `${Math.floor(100 * progress)}%`;
}

function decibels(value: number): string {
  return `${value.toFixed(1)} dB`;
}
