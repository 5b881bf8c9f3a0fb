import { BackendError, type Character, type RgbaImage } from '@tha4/core';
import { type Remote, releaseProxy, wrap } from 'comlink';
import { drawBitmap, presentImage } from '../present.ts';
import type { Quality } from '../quality.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '../runtime.ts';
import type { ServedRuntime } from './serve-runtime.ts';

/** A runtime that lives in a worker, so that a slow frame never holds the page. */
class WorkerRuntime implements StudentRuntime {
  readonly #worker: Worker;
  readonly #remote: Remote<ServedRuntime>;
  /** Calls that wait for the worker; all of them fail when it dies. */
  readonly #waiting = new Set<(error: BackendError) => void>();

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#remote = wrap<ServedRuntime>(worker);
    worker.addEventListener('error', (event) => {
      const got = event.message || 'no script';
      const error = new BackendError(`student worker: expected it to run, got ${got}; reload the page`);
      for (const fail of this.#waiting) fail(error);
    });
  }

  load(character: Character): Promise<RuntimeInfo> {
    return this.#call(this.#remote.load(character));
  }

  pose(values: Float32Array): Promise<StudentFrame> {
    return this.#call(this.#remote.pose(values));
  }

  setQuality(quality: Quality): Promise<void> {
    return this.#call(this.#remote.setQuality(quality));
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    const bitmap = await this.#call(this.#remote.frameBitmap());
    if (bitmap === null) return presentImage(await this.readPixels(), canvas);
    drawBitmap(bitmap, canvas);
    bitmap.close();
  }

  readPixels(): Promise<RgbaImage> {
    return this.#call(this.#remote.readPixels());
  }

  info(): Promise<RuntimeInfo> {
    return this.#call(this.#remote.info());
  }

  memory(): Promise<RuntimeMemory> {
    return this.#call(this.#remote.memory());
  }

  async dispose(): Promise<void> {
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
}

/**
 * The page's side of a worker that calls `serveRuntime`.
 *
 * @param worker a module worker; the runtime owns it and ends it in `dispose`
 */
export function createWorkerRuntime(worker: Worker): StudentRuntime {
  return new WorkerRuntime(worker);
}
