import { BackendError, type Character, type RgbaImage } from '@tha4/core';
import { checkQuality, type Quality } from './quality.ts';
import type { RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from './runtime.ts';

/** A runtime that may be tried: its code is loaded only then. */
export interface RuntimeCandidate {
  readonly name: string;
  readonly create: () => Promise<StudentRuntime>;
}

/**
 * Takes the first candidate that can run the character, and says why those before it were not taken. When a runtime
 * fails later (a lost device that does not come back), the next one takes over with the same character and pose.
 */
class AutoRuntime implements StudentRuntime {
  readonly #candidates: RuntimeCandidate[];
  readonly #passedOver: string[] = [];
  #runtime: StudentRuntime | null = null;
  #character: Character | null = null;
  #quality: Quality = 'exact';

  constructor(candidates: readonly RuntimeCandidate[]) {
    this.#candidates = [...candidates];
  }

  async load(character: Character): Promise<RuntimeInfo> {
    this.#character = character;
    if (this.#runtime !== null && (await this.#try((runtime) => this.#place(runtime, character))) !== null) {
      return this.info();
    }
    await this.#startNext(character);
    return this.info();
  }

  async pose(values: Float32Array): Promise<StudentFrame> {
    for (;;) {
      this.#started('pose');
      const frame = await this.#try((runtime) => runtime.pose(values));
      if (frame !== null) return frame;
      await this.#startNext(this.#character!);
    }
  }

  /** Before anything is loaded, it is kept for what will be. */
  async setQuality(quality: Quality): Promise<void> {
    if (this.#runtime !== null) {
      const { name, qualities } = await this.#runtime.info();
      checkQuality(name, quality, qualities);
      await this.#runtime.setQuality(quality);
    }
    this.#quality = quality;
  }

  present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    return this.#started('present').present(canvas);
  }

  readPixels(): Promise<RgbaImage> {
    return this.#started('readPixels').readPixels();
  }

  async info(): Promise<RuntimeInfo> {
    const info = await this.#started('info').info();
    const missing = info.quality === this.#quality ? [] : [`quality ${info.quality}: no '${this.#quality}' here`];
    const notes = [info.choice, ...missing, ...this.#passedOver.map((reason) => `not ${reason}`)];
    return { ...info, choice: notes.join('; ') };
  }

  async memory(): Promise<RuntimeMemory> {
    return this.#runtime === null ? { tensors: 0, bytes: 0 } : this.#runtime.memory();
  }

  async dispose(): Promise<void> {
    await this.#runtime?.dispose();
    this.#runtime = null;
    this.#character = null;
  }

  /** @returns `null` when the runtime cannot go on; it is then disposed and passed over */
  async #try<R>(work: (runtime: StudentRuntime) => Promise<R>): Promise<R | null> {
    const runtime = this.#runtime!;
    try {
      return await work(runtime);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error; // a bad pose or character is nobody's device
      this.#runtime = null;
      this.#passOver(error.message);
      await runtime.dispose();
      return null;
    }
  }

  async #startNext(character: Character): Promise<void> {
    for (let candidate = this.#candidates[0]; candidate !== undefined; candidate = this.#candidates[0]) {
      try {
        this.#runtime = await candidate.create();
      } catch (error) {
        this.#passOver((error as Error).message);
        continue;
      }
      if ((await this.#try((runtime) => this.#place(runtime, character))) !== null) return;
    }
    throw new BackendError(`student: expected a runtime that works here, got none (${this.#passedOver.join('; ')})`);
  }

  async #place(runtime: StudentRuntime, character: Character): Promise<RuntimeInfo> {
    const info = await runtime.load(character);
    await runtime.setQuality(info.qualities.includes(this.#quality) ? this.#quality : 'exact');
    return info;
  }

  #passOver(reason: string): void {
    const candidate = this.#candidates.shift();
    if (candidate === undefined) return;
    // Runtimes begin their messages with their own name.
    this.#passedOver.push(reason.startsWith(`${candidate.name}:`) ? reason : `${candidate.name}: ${reason}`);
  }

  #started(where: string): StudentRuntime {
    if (this.#runtime !== null) return this.#runtime;
    throw new BackendError(`${where}: expected a loaded character, got none; call load first`);
  }
}

/** A runtime that takes the first of `candidates` that works; see `studentRuntime` for the usual ones. */
export function createAutoRuntime(candidates: readonly RuntimeCandidate[]): StudentRuntime {
  return new AutoRuntime(candidates);
}
