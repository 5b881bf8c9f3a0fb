import { CONTROL, STOP, takeParts, type Work } from './control.ts';

/** What a thread hears and says: a worker's own scope in a page, `parentPort` in Node. */
export interface ThreadPort {
  addEventListener?(type: string, listener: (event: Event) => void): void;
  on?(type: string, listener: (data: unknown) => void): unknown;
  postMessage(message: unknown): void;
}

/** What a thread works with: the team's control numbers, and its own work. */
export interface Member {
  readonly control: Int32Array;
  readonly work: Work;
}

/**
 * Makes the worker that calls this a member of a team, until it is stopped.
 *
 * @param open makes the member from the message that `startTeam` sends
 */
export function serveTeam<T>(port: ThreadPort, open: (start: T) => Promise<Member>): void {
  const begin = (message: unknown): void => {
    open(message as T)
      .then((member) => take(member, () => port.postMessage('ready')))
      .catch((error: unknown) => port.postMessage(error instanceof Error ? error.message : String(error)));
  };
  if (port.on) port.on('message', begin);
  else port.addEventListener?.('message', (event) => begin((event as MessageEvent).data));
}

function take({ control, work }: Member, ready: () => void): void {
  let generation = Atomics.load(control, CONTROL.generation);
  ready();
  for (;;) {
    Atomics.wait(control, CONTROL.generation, generation);
    generation = Atomics.load(control, CONTROL.generation);
    if (Atomics.load(control, CONTROL.job) === STOP) return;
    takeParts(work, control);
    if (Atomics.sub(control, CONTROL.active, 1) === 1) Atomics.notify(control, CONTROL.active);
  }
}
