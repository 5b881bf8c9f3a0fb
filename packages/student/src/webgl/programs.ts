import { BackendError } from '@tha4/core';
import type { Shader } from './shaders/shader.ts';
import { nextTask } from './wait-for-gpu.ts';

/** Compiled programs of one context by their text: a second character of the same shape compiles nothing. */
export class Programs {
  readonly #gl: WebGL2RenderingContext;
  readonly #programs = new Map<string, WebGLProgram>();
  readonly #unfinished = new Map<WebGLProgram, Shader>();

  constructor(gl: WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** Starts to compile; drivers do that beside the page, so ask for all before `ready`. */
  request(text: Shader): WebGLProgram {
    const { vertex, fragment } = text;
    const key = vertex + fragment;
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    const gl = this.#gl;
    const program = gl.createProgram();
    for (const [type, text] of [
      [gl.VERTEX_SHADER, vertex],
      [gl.FRAGMENT_SHADER, fragment],
    ] as const) {
      const shader = gl.createShader(type);
      if (shader === null) break; // the context is lost; `ready` says so
      gl.shaderSource(shader, text);
      gl.compileShader(shader);
      gl.attachShader(program, shader);
      gl.deleteShader(shader); // goes with the program
    }
    gl.linkProgram(program);
    this.#programs.set(key, program);
    this.#unfinished.set(program, text);
    return program;
  }

  /** Waits until all programs are linked. @throws {BackendError} with the driver's log */
  async ready(): Promise<void> {
    const gl = this.#gl;
    const parallel = gl.getExtension('KHR_parallel_shader_compile');
    for (const [program, text] of this.#unfinished) {
      while (parallel && !gl.isContextLost() && !gl.getProgramParameter(program, parallel.COMPLETION_STATUS_KHR)) {
        await nextTask();
      }
      if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new BackendError(this.#complaint(program));
      this.#bind(program, text);
    }
    this.#unfinished.clear();
  }

  dispose(): void {
    for (const program of this.#programs.values()) this.#gl.deleteProgram(program);
    this.#programs.clear();
    this.#unfinished.clear();
  }

  /** Fixes which unit each sampler reads and which binding each uniform block has: their places in the lists. */
  #bind(program: WebGLProgram, { blocks, samplers }: Shader): void {
    const gl = this.#gl;
    gl.useProgram(program);
    gl.uniform1i(gl.getUniformLocation(program, 'source'), SOURCE_UNIT);
    gl.uniform1i(gl.getUniformLocation(program, 'picture'), PICTURE_UNIT);
    samplers.forEach((name, i) => {
      gl.uniform1i(gl.getUniformLocation(program, name), WEIGHT_UNIT + i);
    });
    blocks.forEach((name, binding) => {
      gl.uniformBlockBinding(program, gl.getUniformBlockIndex(program, name), binding);
    });
  }

  #complaint(program: WebGLProgram): string {
    const gl = this.#gl;
    if (gl.isContextLost()) return 'webgl: expected compiled shaders, got a lost context; load again';
    const logs = (gl.getAttachedShaders(program) ?? []).map((shader) => gl.getShaderInfoLog(shader));
    const log = [...logs, gl.getProgramInfoLog(program)].filter(Boolean).join(' ').trim();
    return `webgl: expected shaders that compile, got "${log.slice(0, 400)}"; use wasm`;
  }
}

/** Texture units; those of weights are the last. */
export const SOURCE_UNIT = 0;
export const PICTURE_UNIT = 1;
export const WEIGHT_UNIT = 2;
