import { BackendError, type Character, type RgbaImage } from '@tha4/core';
import { type Remote, releaseProxy, wrap } from 'comlink';
import { presentImage } from '../present.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';

/** A runtime that lives in a worker, so that a slow frame never holds the page. */
class WorkerRuntime implements StudentRuntime {
  readonly #worker: Worker;
  readonly #remote: Remote<StudentRuntime>;
  /** Calls that wait for the worker; all of them fail when it dies. */
  readonly #waiting = new Set<(error: BackendError) => void>();
  #pixels: RgbaImage | null = null;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#remote = wrap<StudentRuntime>(worker);
    worker.addEventListener('error', (event) => {
      const got = event.message || 'no script';
      const error = new BackendError(`student worker: expected it to run, got ${got}; reload the page`);
      for (const fail of this.#waiting) fail(error);
    });
  }

  load(character: Character): Promise<RuntimeInfo> {
    return this.#call(this.#remote.load(character));
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    const frame = await this.#call(this.#remote.pose(values));
    this.#pixels = await this.#call(this.#remote.readPixels());
    return frame;
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    presentImage(this.#lastPixels('present'), canvas);
  }

  async readPixels(): Promise<RgbaImage> {
    const { width, height, data } = this.#lastPixels('readPixels');
    return { width, height, data: data.slice() };
  }

  info(): Promise<RuntimeInfo> {
    return this.#call(this.#remote.info());
  }

  memory(): Promise<RuntimeMemory> {
    return this.#call(this.#remote.memory());
  }

  async dispose(): Promise<void> {
    this.#pixels = null;
    await this.#call(this.#remote.dispose()).finally(() => {
      this.#remote[releaseProxy]();
      this.#worker.terminate();
    });
  }

  #call<R>(answer: Promise<R>): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.#waiting.add(reject);
      answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  #lastPixels(where: string): RgbaImage {
    if (this.#pixels === null) throw new BackendError(`${where}: expected a painted frame, got none; call pose first`);
    return this.#pixels;
  }
}

/**
 * The page's side of a worker that calls `serveRuntime`.
 *
 * @param worker a module worker; the runtime owns it and ends it in `dispose`
 */
export function createWorkerRuntime(worker: Worker): StudentRuntime {
  return new WorkerRuntime(worker);
}
