/** What the threads of a team are told through shared memory: int32 numbers, by index. */
export const CONTROL = {
  /** Goes up by one for every job; who waits, waits for that. */
  generation: 0,
  /** First part of the job that nobody has taken yet. */
  next: 1,
  /** Threads that have not finished the job. */
  active: 2,
  /** What to do: a number that means something to the team's work, or `STOP`. */
  job: 3,
  /** End of the job. */
  end: 4,
  /** How much of it a thread takes at once. */
  step: 5,
} as const;

export const CONTROL_BYTES = 64;
export const STOP = -2147483648;

/** Does `from..end` of a job. Which thread does which part must not matter. */
export type Work = (job: number, from: number, end: number) => void;

/** Takes parts of the current job, until none are left. */
export function takeParts(work: Work, control: Int32Array): void {
  const job = Atomics.load(control, CONTROL.job);
  const end = Atomics.load(control, CONTROL.end);
  const step = Atomics.load(control, CONTROL.step);
  for (;;) {
    const from = Atomics.add(control, CONTROL.next, step);
    if (from >= end) return;
    work(job, from, Math.min(from + step, end));
  }
}
