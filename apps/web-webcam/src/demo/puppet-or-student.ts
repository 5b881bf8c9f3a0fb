import type { Character, RgbaImage } from '@tha4/core';
import type { Quality, RuntimeInfo, RuntimeMemory, StudentFrame, StudentRuntime } from '@tha4/student';
import { isPictureOnly } from './picture-only.ts';
import { PuppetRuntime } from './puppet-runtime.ts';

/** Paints a trained character with one runtime and a picture without networks with the puppet. */
export class PuppetOrStudent implements StudentRuntime {
  readonly #student: StudentRuntime;
  readonly #puppet: StudentRuntime = new PuppetRuntime();
  #current: StudentRuntime;

  constructor(student: StudentRuntime) {
    this.#student = student;
    this.#current = student;
  }

  async load(character: Character): Promise<RuntimeInfo> {
    const next = isPictureOnly(character) ? this.#puppet : this.#student;
    const info = await next.load(character);
    this.#current = next;
    return info;
  }

  pose(values: Float32Array): Promise<StudentFrame> {
    return this.#current.pose(values);
  }

  setQuality(quality: Quality): Promise<void> {
    return this.#current.setQuality(quality);
  }

  present(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<void> {
    return this.#current.present(canvas);
  }

  readPixels(): Promise<RgbaImage> {
    return this.#current.readPixels();
  }

  info(): Promise<RuntimeInfo> {
    return this.#current.info();
  }

  memory(): Promise<RuntimeMemory> {
    return this.#current.memory();
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#student.dispose(), this.#puppet.dispose()]);
  }
}
