import { BackendError, type Character } from '@tha4/core';
import type { Quality } from '../quality.ts';
import { mapOfCharacter } from '../tiles/character-map.ts';
import { CanvasPresenter } from './canvas-presenter.ts';
import { checkedSetup } from './checked-setup.ts';
import type { Pipelines } from './passes.ts';
import { type DeviceOptions, type NamedDevice, requestDevice } from './request-device.ts';
import type { Tuning } from './tuning.ts';
import { WebgpuStudent } from './webgpu-student.ts';

/** How long after a refusal the news of the device's loss may come, milliseconds. */
const LOSS_MS = 2000;

/** One device from its request to its loss or end, with the student that lies on it. */
export class DeviceSession {
  readonly name: string;
  readonly #named: NamedDevice;
  readonly #tuning: Tuning;
  readonly #pipelines: Pipelines = new Map();
  readonly #over: Promise<void>;
  #student: WebgpuStudent | null = null;
  #presenter: Promise<CanvasPresenter> | null = null;
  #lost: string | null = null;
  #error: string | null = null;

  private constructor(named: NamedDevice, tuning: Tuning | null) {
    this.name = named.name;
    this.#named = named;
    this.#tuning = tuning ?? named.tuning;
    this.#over = named.device.lost.then(({ reason, message }) => {
      this.#lost = message || reason;
    });
    named.device.addEventListener('uncapturederror', (event) => {
      this.#error ??= event.error.message;
    });
  }

  /** @throws {BackendError} when there is no device to be had */
  static async start(options: DeviceOptions, tuning: Tuning | null): Promise<DeviceSession> {
    return new DeviceSession(await requestDevice(options), tuning);
  }

  /** Why the device is gone, or `null` while it is there. */
  get lost(): string | null {
    return this.#lost;
  }

  /** What the student can leave out; `null` without one. */
  get qualities(): readonly Quality[] | null {
    return this.#student?.qualities ?? null;
  }

  get memory(): { readonly tensors: number; readonly bytes: number } {
    return this.#student?.memory ?? { tensors: 0, bytes: 0 };
  }

  /**
   * Takes a character in place of the last one.
   *
   * @param cull leave out tiles in which nothing is visible, where the character's file has a map of them
   * @throws {BackendError} when the device does not take it
   */
  async load(character: Character, cull: boolean): Promise<void> {
    this.#unload();
    const { device } = this.#named;
    const map = mapOfCharacter(character, cull);
    try {
      await checkedSetup(device, 'the student', async () => {
        this.#student = await WebgpuStudent.create(device, this.#pipelines, this.#tuning, character, map);
      });
    } catch (error) {
      this.#unload();
      throw error;
    }
  }

  /** Paints a frame and waits for it. @returns what it is; `null` when the device was lost */
  async paint(pose: Float32Array, quality: Quality): Promise<Quality | null> {
    if (this.#lost !== null) return null;
    const painted = this.#student!.paint(pose, quality).catch((error) => this.#whenOver(error));
    const is = await Promise.race([painted, this.#over.then(() => null)]);
    if (this.#lost !== null) return null;
    this.#throwError();
    return is;
  }

  /** @returns the last frame in model space, `[size, size, 4]`, owned by the caller */
  async read(): Promise<{ readonly model: Float32Array; readonly size: number }> {
    const student = this.#student!;
    try {
      return { model: await student.read(), size: student.size };
    } catch (cause) {
      throw new BackendError(`readPixels: expected the frame, got ${(cause as Error).message}; paint it again`, {
        cause,
      });
    }
  }

  async present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    const { gpu, device } = this.#named;
    this.#presenter ??= CanvasPresenter.create(device, gpu.getPreferredCanvasFormat(), this.#student!);
    (await this.#presenter).draw(canvas);
    this.#throwError();
  }

  end(): void {
    this.#unload();
    this.#named.device.destroy();
  }

  /** What a device that is being lost refuses says so a little before the device does; anything else is an error. */
  async #whenOver(error: unknown): Promise<null> {
    await Promise.race([this.#over, new Promise((resolve) => setTimeout(resolve, LOSS_MS))]);
    if (this.#lost === null) throw error;
    return null;
  }

  #unload(): void {
    this.#student?.dispose();
    this.#student = null;
    this.#presenter = null;
  }

  /** What went wrong outside any scope since the last call: it would be a bug, or memory that ran out. */
  #throwError(): void {
    const error = this.#error;
    this.#error = null;
    if (error !== null) throw new BackendError(`webgpu: expected a frame, got ${error}`);
  }
}
