import { type Remote, releaseProxy, wrap } from 'comlink';
import type { OpenCharacter, PaintedFrame, RuntimeChoice, StageCounts, StageWorker } from './protocol.ts';

/** One worker for all characters of a page that want the same runtime: they share its devices and take turns. */
export class Stage {
  readonly #worker: Worker;
  readonly #remote: Remote<StageWorker>;
  /** Calls that wait for the worker; all of them fail when it dies. */
  readonly #waiting = new Set<(error: Error) => void>();
  #dead: Error | null = null;

  constructor(runtime: RuntimeChoice) {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: runtime });
    this.#remote = wrap<StageWorker>(this.#worker);
    this.#worker.addEventListener('error', (event) => {
      const got = event.message || 'no script';
      this.#dead = new Error(
        `tha-character: expected its worker to run, got ${got}; does the page's content security policy allow worker-src 'self' and script-src 'wasm-unsafe-eval'?`,
      );
      for (const fail of this.#waiting) fail(this.#dead);
    });
  }

  open(address: string): Promise<OpenCharacter> {
    return this.#call(() => this.#remote.open(address));
  }
  close(id: number): Promise<void> {
    return this.#call(() => this.#remote.close(id));
  }
  paint(id: number, pose: Float32Array, quality: string): Promise<PaintedFrame> {
    return this.#call(() => this.#remote.paint(id, pose, quality));
  }
  png(id: number, pose: Float32Array): Promise<Blob> {
    return this.#call(() => this.#remote.png(id, pose));
  }
  counts(): Promise<StageCounts> {
    return this.#call(() => this.#remote.counts());
  }

  end(): void {
    this.#remote[releaseProxy]();
    this.#worker.terminate();
  }

  #call<R>(ask: () => Promise<R>): Promise<R> {
    if (this.#dead !== null) return Promise.reject(this.#dead);
    return new Promise<R>((resolve, reject) => {
      this.#waiting.add(reject);
      ask()
        .then(resolve, reject)
        .finally(() => this.#waiting.delete(reject));
    });
  }
}
