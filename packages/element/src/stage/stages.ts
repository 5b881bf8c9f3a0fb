import { FrameQueue } from './frame-queue.ts';
import type { RuntimeChoice } from './protocol.ts';
import { Stage } from './stage.ts';

/** A page's worker for a runtime, and the turns of those that use it. */
export interface SharedStage {
  readonly stage: Stage;
  readonly queue: FrameQueue;
}

interface Held extends SharedStage {
  users: number;
  ending: ReturnType<typeof setTimeout> | null;
}

/** How long a worker waits for its next user, milliseconds: pages take characters off and put them back. */
const LINGER_MS = 3_000;

const held = new Map<RuntimeChoice, Held>();
const ticking = new Set<(now: number) => void>();
let scheduled = false;

/** The page's stage for a runtime: the first user starts it. */
export function takeStage(runtime: RuntimeChoice): SharedStage {
  const found = held.get(runtime) ?? {
    stage: new Stage(runtime),
    queue: new FrameQueue(() => performance.now()),
    users: 0,
    ending: null,
  };
  held.set(runtime, found);
  found.users++;
  if (found.ending !== null) clearTimeout(found.ending);
  found.ending = null;
  return found;
}

/** One user less; some seconds after the last one the worker ends. */
export function leaveStage(runtime: RuntimeChoice): void {
  const found = held.get(runtime);
  if (found === undefined || --found.users > 0) return;
  found.ending = setTimeout(() => {
    held.delete(runtime);
    found.stage.end();
  }, LINGER_MS);
}

/** The page's stages; for tests and for the curious. */
export function stages(): readonly SharedStage[] {
  return [...held.values()];
}

/** Calls at every repaint until it is told to stop; all that is awake shares one timer. */
export function startTicking(tick: (now: number) => void): void {
  ticking.add(tick);
  schedule();
}

export function stopTicking(tick: (now: number) => void): void {
  ticking.delete(tick);
}

function schedule(): void {
  if (scheduled || ticking.size === 0) return;
  scheduled = true;
  requestAnimationFrame((now) => {
    scheduled = false;
    for (const tick of ticking) tick(now);
    for (const { queue } of held.values()) void queue.step();
    schedule();
  });
}
